//! The project's own chores: `cargo xtask eval`.

fn main() -> anyhow::Result<()> {
    Ok(())
}
