//! Peak memory of this process, as the kernel tells it (Linux alone).

/// The peak in words.
pub fn told() -> String {
    bytes().map_or("peak memory unknown".to_owned(), |bytes| format!("peak {:.0} MiB", bytes as f64 / 1048576.0))
}

/// The kernel's high-water mark of this process, in bytes.
pub fn bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024)
}
