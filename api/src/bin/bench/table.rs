//! A table in Markdown whose rows are named by two texts, and whose columns are numbers of posts.

use std::fmt;

/// A table. Each row gets its cells from left to right.
pub struct Table {
    heading: [&'static str; 2],
    columns: &'static [usize],
    rows: Vec<([String; 2], Vec<String>)>,
}

impl Table {
    pub fn new(heading: [&'static str; 2], columns: &'static [usize]) -> Self {
        Self { heading, columns, rows: Vec::new() }
    }

    /// Adds a cell to the row with this name. Creates the row if it does not exist.
    pub fn add(&mut self, name: [&str; 2], cell: String) {
        match self.rows.iter_mut().find(|row| row.0 == name) {
            Some((_, cells)) => cells.push(cell),
            None => self.rows.push((name.map(str::to_owned), vec![cell])),
        }
    }
}

impl fmt::Display for Table {
    /// Writes the rows sorted by the first part of their names, in the order in which those were added.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns: Vec<String> = self.columns.iter().map(usize::to_string).collect();
        writeln!(f, "| {} | {} |", self.heading.join(" | "), columns.join(" | "))?;
        writeln!(f, "|{}", " --- |".repeat(2 + columns.len()))?;
        let mut names: Vec<&str> = Vec::new();
        for ([name, _], _) in &self.rows {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        for name in names {
            for (row_name, cells) in self.rows.iter().filter(|(row_name, _)| row_name[0] == name) {
                writeln!(f, "| {} | {} |", row_name.join(" | "), cells.join(" | "))?;
            }
        }
        Ok(())
    }
}
