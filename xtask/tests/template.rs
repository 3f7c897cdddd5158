//! Tests of properties in deploy/template.yaml that the emulated AWS ignores. cfn-lint checks that the properties are
//! valid.

#![allow(clippy::unwrap_used, reason = "a failing unwrap fails the test")]

const TEMPLATE: &str = include_str!("../../deploy/template.yaml");

/// Returns the lines of a resource.
fn resource(name: &str) -> &'static str {
    let (_, rest) = TEMPLATE.split_once(&format!("\n  {name}:\n")).expect(name);
    let is_next = |(index, _): &(usize, &str)| {
        rest[index + 1..].starts_with("  ") && !rest[index + 3..].starts_with(' ')
    };
    &rest[..rest.match_indices('\n').find(is_next).map_or(rest.len(), |(index, _)| index)]
}

#[test]
fn each_table_and_each_index_has_a_maximum_throughput() {
    let maximum = "OnDemandThroughput: {MaxReadRequestUnits: !Ref MaxReadUnits, MaxWriteRequestUnits: !Ref MaxWriteUnits}";
    assert_eq!(resource("MainTable").matches(maximum).count(), 3, "the table and its two indexes");
    assert_eq!(resource("KeysTable").matches(maximum).count(), 1);
}

#[test]
fn the_budget_is_reported_to_the_alarm_address() {
    let budget = resource("Budget");
    assert!(budget.contains("Condition: HasBudget"));
    assert!(budget.contains("BudgetLimit: {Amount: !Ref MonthlyBudget, Unit: USD}"));
    let subscriber = "Subscribers: [{SubscriptionType: EMAIL, Address: !Ref AlarmEmail}]";
    assert_eq!(budget.matches(subscriber).count(), 2, "for actual and for forecast costs");
    // CloudFormation cannot replace a resource with a fixed name, and another address replaces the budget.
    assert!(!budget.contains("BudgetName"));
    assert!(
        TEMPLATE.contains(
            "HasBudget: !And [!Condition HasAlarmEmail, !Not [!Equals [!Ref MonthlyBudget, \"\"]]]"
        )
    );
}

#[test]
fn concurrency_is_reserved_only_if_the_parameter_is_set() {
    let reserved = "ReservedConcurrentExecutions: !If [ReservesConcurrency, !Ref ReservedConcurrency, !Ref \"AWS::NoValue\"]";
    assert!(resource("ApiFunction").contains(reserved));
    assert!(TEMPLATE.contains("ReservesConcurrency: !Not [!Equals [!Ref ReservedConcurrency, \"\"]]"));
    let (_, parameter) = TEMPLATE.split_once("\n  ReservedConcurrency:\n").unwrap();
    assert!(parameter.lines().nth(2).unwrap().ends_with("Default: \"\""));
}
