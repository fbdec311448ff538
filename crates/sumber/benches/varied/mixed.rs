//! Numbers that only need to look mixed, and names made from them; the chores of `xtask` use this file too.

/// A small generator of numbers (xorshift64*, Vigna 2016).
pub struct Mixed(u64);

impl Mixed {
    /// From a state; who takes seeds that lie close together has to spread them first.
    pub fn new(state: u64) -> Mixed {
        Mixed(state | 1)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % limit
    }
}

/// An invented name.
pub fn name(mixed: &mut Mixed) -> String {
    const BEGIN: [&str; 16] =
        ["Ba", "Dro", "Fe", "Gal", "Hu", "Ki", "Lor", "Ma", "Ne", "Pra", "Ro", "Sil", "Ta", "Ve", "Wi", "Zan"];
    const MIDDLE: [&str; 10] = ["ba", "de", "gi", "lu", "ma", "ne", "ri", "so", "ta", "vi"];
    const END: [&str; 8] = ["dan", "lek", "mir", "nov", "ran", "sky", "to", "wan"];
    let middle = if mixed.below(2) == 0 { "" } else { MIDDLE[mixed.below(MIDDLE.len())] };
    format!("{}{middle}{}", BEGIN[mixed.below(BEGIN.len())], END[mixed.below(END.len())])
}
