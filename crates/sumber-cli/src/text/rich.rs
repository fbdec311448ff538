//! Runs of words with a role each, flowed into lines: the one place that knows columns, colours and
//! the direction of scripts. What comes from a page is cleaned on its way in.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::output::Canvas;

/// What a run of words is for; the palette says how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything else.
    Plain,
    /// What a part of the answer begins with.
    Heading,
    /// Words that are asserted.
    Claim,
    /// An id or label of ours.
    Key,
    /// An article or outlet.
    Article,
    /// Who said it first.
    Origin,
    /// What should be looked at twice.
    Alarm,
    /// What is there for completeness.
    Quiet,
}

impl Role {
    fn style(self) -> Style {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
        match self {
            Role::Plain => Style::new(),
            Role::Heading => Style::new().bold().underline(),
            Role::Claim => Style::new().bold(),
            // colours that can be read on dark and on light
            Role::Key => colour(AnsiColor::Magenta),
            Role::Article => colour(AnsiColor::Cyan),
            Role::Origin => colour(AnsiColor::Green).bold(),
            Role::Alarm => colour(AnsiColor::Red).bold(),
            Role::Quiet => Style::new().dimmed(),
        }
    }
}

/// First strong isolate: what follows finds its own direction, and the line around it keeps its own.
const ISOLATE: char = '\u{2068}';
/// Pop directional isolate.
const POP: char = '\u{2069}';

/// What a page says, fit for a terminal: no control characters (an escape code could repaint the
/// screen), no marks that turn the direction of what follows, white space folded to single blanks.
///
/// Source of the attack on direction: Boucher and Anderson, Trojan Source, 2021.
pub fn clean(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut blank = false;
    for c in words.chars() {
        match c {
            c if c.is_whitespace() => blank = true,
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            '\u{e0000}'..='\u{e007f}' => {}
            c if c.is_control() => {}
            c => {
                if std::mem::take(&mut blank) && !out.is_empty() {
                    out.push(' ');
                }
                out.push(c);
            }
        }
    }
    out
}

/// Whether a text holds letters of a script that runs from right to left.
fn runs_leftwards(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(Role, String),
    /// Blanks up to a column, at least two.
    Column(usize),
}

/// Words with roles, to be flowed into lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich {
    pieces: Vec<Piece>,
}

impl Rich {
    /// Nothing yet.
    pub fn new() -> Rich {
        Rich::default()
    }

    /// Adds words of ours; blanks at their ends count, a no-break space keeps its neighbours together.
    pub fn own(mut self, role: Role, words: impl Into<String>) -> Rich {
        self.pieces.push(Piece::Words(role, words.into()));
        self
    }

    /// Adds words of a page, cleaned.
    pub fn page(self, role: Role, words: &str) -> Rich {
        self.own(role, clean(words))
    }

    /// Goes to a column.
    pub fn column(mut self, column: usize) -> Rich {
        self.pieces.push(Piece::Column(column));
        self
    }

    /// Adds everything of another.
    pub fn then(mut self, other: Rich) -> Rich {
        self.pieces.extend(other.pieces);
        self
    }

    /// Columns that it takes on one line.
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|piece| if let Piece::Words(_, words) = piece { words.width() } else { 0 }).sum()
    }

    /// Writes it as lines that end with a newline: the first begins at column `first`, the others at
    /// `rest`. A word that is longer than a line is broken.
    pub fn flow(&self, first: usize, rest: usize, canvas: Canvas, out: &mut String) {
        let mut line = Line { out, canvas, column: first, rest, fresh: true, open: None };
        line.out.extend(std::iter::repeat_n(' ', first));
        // words that touch across runs ('“' and what it quotes) stay together
        let mut chunk: Vec<(usize, Role, bool, &str)> = Vec::new();
        let mut blank = false;
        for (number, piece) in self.pieces.iter().enumerate() {
            let (role, words) = match piece {
                Piece::Words(role, words) => (*role, words),
                Piece::Column(column) => {
                    line.put(&mut chunk, blank);
                    blank = false;
                    line.go_to(*column);
                    continue;
                }
            };
            let leftwards = runs_leftwards(words);
            for (n, word) in words.split(' ').enumerate() {
                if n > 0 {
                    line.put(&mut chunk, blank);
                    blank = true;
                }
                if !word.is_empty() {
                    chunk.push((number, role, leftwards, word));
                }
            }
        }
        line.put(&mut chunk, blank);
        line.close();
        line.out.push('\n');
    }
}

/// A line that is being written.
struct Line<'a> {
    out: &'a mut String,
    canvas: Canvas,
    column: usize,
    rest: usize,
    /// Whether nothing stands on the line yet.
    fresh: bool,
    /// The run that is open: its number, style and whether it is isolated.
    open: Option<(usize, Style, bool)>,
}

impl Line<'_> {
    fn put(&mut self, chunk: &mut Vec<(usize, Role, bool, &str)>, blank: bool) {
        if chunk.is_empty() {
            return;
        }
        let width: usize = chunk.iter().map(|(.., word)| word.width()).sum();
        let blank = blank && !self.fresh;
        if self.column + usize::from(blank) + width > self.canvas.width && !self.fresh {
            self.turn();
        } else if blank {
            if self.open.is_some_and(|(number, ..)| number != chunk[0].0) {
                self.close();
            }
            self.out.push(' ');
            self.column += 1;
        }
        for (number, role, leftwards, word) in chunk.drain(..) {
            self.open(number, role, leftwards);
            for c in word.chars() {
                let width = c.width().unwrap_or(0);
                if self.column + width > self.canvas.width && width > 0 && self.column > self.rest {
                    self.turn();
                    self.open(number, role, leftwards);
                }
                self.out.push(if c == '\u{a0}' { ' ' } else { c });
                self.column += width;
                self.fresh = false;
            }
        }
    }

    fn open(&mut self, number: usize, role: Role, leftwards: bool) {
        if self.open.is_some_and(|(open, ..)| open == number) {
            return;
        }
        self.close();
        let style = if self.canvas.colour { role.style() } else { Style::new() };
        self.out.push_str(&style.render().to_string());
        if leftwards {
            self.out.push(ISOLATE);
        }
        self.open = Some((number, style, leftwards));
    }

    fn close(&mut self) {
        if let Some((_, style, leftwards)) = self.open.take() {
            if leftwards {
                self.out.push(POP);
            }
            self.out.push_str(&style.render_reset().to_string());
        }
    }

    fn turn(&mut self) {
        self.close();
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.rest));
        self.column = self.rest;
        self.fresh = true;
    }

    fn go_to(&mut self, column: usize) {
        self.close();
        let blanks = column.saturating_sub(self.column).max(2);
        self.out.extend(std::iter::repeat_n(' ', blanks));
        self.column += blanks;
        self.fresh = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Canvas = Canvas { width: 20, colour: false };

    fn flowed(rich: &Rich, canvas: Canvas) -> String {
        let mut out = String::new();
        rich.flow(2, 4, canvas, &mut out);
        out
    }

    #[test]
    fn words_that_do_not_fit_go_to_the_next_line() {
        let rich = Rich::new().own(Role::Plain, "who said it first and to whom");
        assert_eq!(flowed(&rich, PLAIN), "  who said it first\n    and to whom\n");
    }

    #[test]
    fn marks_stay_with_what_they_quote() {
        let rich = Rich::new().own(Role::Quiet, "he said to us “").own(Role::Plain, "never").own(Role::Quiet, "”");
        assert_eq!(flowed(&rich, PLAIN), "  he said to us\n    “never”\n");
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        let rich = Rich::new().own(Role::Plain, "x".repeat(40));
        assert!(flowed(&rich, PLAIN).lines().all(|line| line.width() <= 20));
    }

    #[test]
    fn wide_letters_take_two_columns() {
        let rich = Rich::new().own(Role::Plain, "東京東京東京東京東京東京");
        assert!(flowed(&rich, PLAIN).lines().all(|line| line.width() <= 20));
    }

    #[test]
    fn columns_line_up() {
        let rich = Rich::new().own(Role::Article, "Il Faro").column(12).own(Role::Plain, "<- x");
        assert_eq!(flowed(&rich, PLAIN), "  Il Faro   <- x\n");
    }

    #[test]
    fn colours_end_with_the_line() {
        let rich = Rich::new().own(Role::Alarm, "denied by all of them at once");
        let out = flowed(&rich, Canvas { colour: true, ..PLAIN });
        assert_eq!(out.matches("\u{1b}[0m").count(), 2);
        assert!(out.lines().all(|line| line.ends_with("\u{1b}[0m")));
    }

    #[test]
    fn leftward_words_are_isolated_on_each_line() {
        let rich = Rich::new().own(Role::Plain, "kata ").page(Role::Plain, "وزارة الخارجية الإيرانية في طهران");
        let out = flowed(&rich, PLAIN);
        assert!(out.lines().count() > 1);
        for line in out.lines().filter(|line| runs_leftwards(line)) {
            assert_eq!(line.matches(ISOLATE).count(), 1, "{line:?}");
            assert_eq!(line.matches(POP).count(), 1, "{line:?}");
        }
    }

    #[test]
    fn pages_send_no_codes_to_the_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb\u{9b}31m\u{7}\u{202e}c\r\n\td"), "a[2Jb31mc d");
    }
}
