//! Checks the arithmetic of the cost table in deploy/README.md: visits a day × 30 × amount per visit × price.

#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

const README: &str = include_str!("../../deploy/README.md");

/// The traffic of the last three columns, in visits a day.
const VISITS: [f64; 3] = [1e3, 1e5, 1e7];

/// Returns the cells of each row below the heading.
fn rows() -> Vec<Vec<&'static str>> {
    let (_, table) = README.split_once("| Costs per month |").unwrap();
    let lines = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    lines.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// Parses two numbers, for N. Virginia and for Frankfurt.
fn pair(cell: &str) -> [f64; 2] {
    let number = |text: &str| text.replace(',', "").parse().unwrap();
    let (first, second) = cell.split_once(", ").unwrap();
    [number(first), number(second)]
}

/// Returns the amount for which the price is, in the unit of the amount per visit.
fn priced_amount(unit: &str) -> f64 {
    match unit {
        "GB" => 1e6,
        "GB-second" => 1.0,
        "million" => 1e6,
        count => count.replace(',', "").parse().unwrap(),
    }
}

/// A cell has two decimals if it is below 100, otherwise none.
#[track_caller]
fn assert_rounded(cell: f64, exact: f64, row: &str) {
    let tolerance = if exact < 100.0 { 0.0051 } else { 0.51 };
    assert!((cell - exact).abs() < tolerance, "{row}: {cell} should be {exact:.2}");
}

#[test]
fn each_cost_is_the_product_of_visits_amount_and_price() {
    let rows = rows();
    let mut totals = [[0.0; 2]; 3];
    assert!(rows.len() > 10);
    for row in &rows {
        let [name, amount, price, costs @ ..] = &row[..] else { panic!("{row:?}") };
        let cells: Vec<[f64; 2]> = costs.iter().map(|cell| pair(cell)).collect();
        assert_eq!(cells.len(), VISITS.len(), "{name}");
        for (column, visits) in VISITS.iter().enumerate() {
            for region in 0..2 {
                let cell = cells[column][region];
                if *name == "**Total**" {
                    assert_rounded(cell, totals[column][region], name);
                } else if price.is_empty() {
                    totals[column][region] += cell;
                } else {
                    let (prices, unit) = price.split_once(" per ").unwrap();
                    // KB and seconds follow the number of some amounts.
                    let amount: f64 = amount.split(' ').next().unwrap().parse().unwrap();
                    let exact = visits * 30.0 * amount * pair(prices)[region] / priced_amount(unit);
                    assert_rounded(cell, exact, name);
                    totals[column][region] += exact;
                }
            }
        }
    }
    assert!(totals[0][0] > 1.0);
}

#[test]
fn the_fixed_costs_are_the_sum_of_their_parts() {
    let rows = rows();
    let fixed = rows.iter().find(|row| row[0].starts_with("Fixed")).unwrap();
    let parts: f64 = fixed[0]
        .split([' ', ','])
        .filter_map(|word| word.parse::<f64>().ok().filter(|_| word.contains('.')))
        .sum();
    for cell in &fixed[3..] {
        for cost in pair(cell) {
            assert_rounded(cost, parts, "fixed");
        }
    }
}
