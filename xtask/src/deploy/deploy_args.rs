//! What `cargo xtask deploy` and `destroy` are told on the command line.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::deploy::template::{Parameters, Template};

/// Which these commands choose by themselves.
const OURS: [&str; 6] =
    ["Guard", "CodeBucket", "ApiCodeKey", "AuthorizerCodeKey", "Architecture", "KeptTables"];

/// See the module.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The stack's name, from which others are made: those of buckets may have no capitals.
    pub(crate) stack: String,
    pub(crate) is_dry: bool,
    pub(crate) is_sure: bool,
    pub(crate) with_tables: bool,
    /// What was built elsewhere.
    pub(crate) from: Option<PathBuf>,
    /// Of the template; those that are not here stay as they are.
    pub(crate) parameters: Parameters,
}

impl Settings {
    /// Of these arguments; `flags` are those that the command knows.
    ///
    /// # Errors
    /// If one is unknown, with what there is.
    pub(crate) fn parse(arguments: &[&str], flags: &[&str], template: &Template) -> Result<Self> {
        let mut settings = Self {
            stack: "wishboard".to_owned(),
            is_dry: false,
            is_sure: false,
            with_tables: false,
            from: None,
            parameters: Parameters::new(),
        };
        let mut arguments = arguments.iter().copied();
        while let Some(argument) = arguments.next() {
            match argument {
                "--stack" => settings.stack = stack_name(arguments.next().unwrap_or_default())?,
                flag if flag.starts_with('-')
                    && !flags.iter().any(|known| known.split(' ').next() == Some(flag)) =>
                {
                    bail!("there is no option `{flag}` here, only --stack NAME and {}", flags.join(", "))
                }
                "--dry-run" => settings.is_dry = true,
                "--yes" => settings.is_sure = true,
                "--with-tables" => settings.with_tables = true,
                "--from" => match arguments.next() {
                    Some(folder) => settings.from = Some(PathBuf::from(folder)),
                    None => bail!("--from needs the folder with what was built"),
                },
                setting => {
                    let (name, value) = parameter(setting, template)?;
                    settings.parameters.insert(name, value);
                }
            }
        }
        Ok(settings)
    }
}

fn stack_name(name: &str) -> Result<String> {
    let is_right = (1..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.ends_with(|c: char| c != '-')
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_right {
        bail!(
            "`{name}` can't be a stack's name: 1 to 32 of a-z, 0-9 and -, the first one a letter, the last one no -"
        );
    }
    Ok(name.to_owned())
}

fn parameter(setting: &str, template: &Template) -> Result<(String, String)> {
    let parameters = template.parameters();
    let mut names: Vec<&str> = parameters.keys().copied().filter(|name| !OURS.contains(name)).collect();
    match setting.split_once('=') {
        // As `aws route53 list-hosted-zones` shows it.
        Some((name @ "HostedZoneId", id)) => {
            Ok((name.to_owned(), id.trim_start_matches("/hostedzone/").to_owned()))
        }
        Some((name, value)) if names.contains(&name) => Ok((name.to_owned(), value.to_owned())),
        Some((name, _)) if OURS.contains(&name) => bail!("{name} is set by the command itself"),
        _ => {
            names.sort_unstable();
            bail!("`{setting}` is no setting; there are Name=Value with {}", names.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Settings> {
        Settings::parse(
            arguments,
            &["--dry-run", "--from FOLDER"],
            &Template::read().expect("the repository has one"),
        )
    }

    #[test]
    fn what_is_said_is_understood() {
        let said = ["--stack", "second", "DomainName=board.example", "--dry-run", "AlarmEmail="];
        let settings = parse(&said).expect("all of it is known");
        assert_eq!((settings.stack.as_str(), settings.is_dry), ("second", true));
        assert_eq!(settings.parameters["DomainName"], "board.example");
        assert_eq!(settings.parameters["AlarmEmail"], "");
        let settings = parse(&["HostedZoneId=/hostedzone/Z0123456789"]).expect("as AWS shows it");
        assert_eq!(settings.parameters["HostedZoneId"], "Z0123456789");
        assert_eq!(parse(&[]).expect("nothing is needed").stack, "wishboard");
    }

    #[test]
    fn what_is_unknown_is_refused_with_what_there_is() {
        for (said, told) in [
            (&["Domain=x"][..], "RestApi, Table"),
            (&["deploy"], "DomainName"),
            (&["Guard=no"], "itself"),
            (&["--yes"], "--dry-run"),
            (&["--from"], "folder"),
            (&["--stack"], "a-z"),
            (&["--stack", "Second"], "a-z"),
            (&["--stack", "second-"], "a-z"),
        ] {
            let error = parse(said).expect_err("it is refused").to_string();
            assert!(error.contains(told) && !error.contains('\n'), "{error}");
        }
    }
}
