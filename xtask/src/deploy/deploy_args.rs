//! The arguments of `cargo xtask deploy` and `destroy`.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::deploy::template::{Parameters, Template};

/// Parameters of the template that `deploy` sets itself.
const INTERNAL_PARAMETERS: [&str; 6] =
    ["Guard", "CodeBucket", "ApiCodeKey", "AuthorizerCodeKey", "Architecture", "KeptTables"];

/// Parsed arguments.
#[derive(Debug)]
pub(crate) struct DeployArgs {
    /// The stack's name. Bucket names start with it, so it contains no capital letters.
    pub(crate) stack: String,
    pub(crate) is_dry_run: bool,
    /// Whether to skip the confirmation.
    pub(crate) is_confirmed: bool,
    pub(crate) with_tables: bool,
    /// A folder with compiled functions and a built site. If `None`, the command builds them.
    pub(crate) from: Option<PathBuf>,
    /// Parameters of the template. A parameter that is not given keeps its value.
    pub(crate) parameters: Parameters,
}

impl DeployArgs {
    /// Parses arguments. `options` are the options that the command accepts beside `--stack`.
    ///
    /// # Errors
    /// If an argument is unknown or has an invalid value. The message lists what is accepted.
    pub(crate) fn parse(args: &[&str], options: &[&str], template: &Template) -> Result<Self> {
        let mut parsed = Self {
            stack: "wishboard".to_owned(),
            is_dry_run: false,
            is_confirmed: false,
            with_tables: false,
            from: None,
            parameters: Parameters::new(),
        };
        let mut args = args.iter().copied();
        while let Some(arg) = args.next() {
            match arg {
                "--stack" => parsed.stack = parse_stack_name(args.next().unwrap_or_default())?,
                option
                    if option.starts_with('-')
                        && !options.iter().any(|known| known.split(' ').next() == Some(option)) =>
                {
                    bail!("unknown option `{option}`: use --stack NAME or {}", options.join(", "))
                }
                "--dry-run" => parsed.is_dry_run = true,
                "--yes" => parsed.is_confirmed = true,
                "--with-tables" => parsed.with_tables = true,
                "--from" => match args.next() {
                    Some(folder) => parsed.from = Some(PathBuf::from(folder)),
                    None => bail!("--from needs a folder with compiled functions and a built site"),
                },
                setting => {
                    let (name, value) = parse_parameter(setting, template)?;
                    parsed.parameters.insert(name, value);
                }
            }
        }
        Ok(parsed)
    }
}

fn parse_stack_name(name: &str) -> Result<String> {
    let is_valid = (1..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.ends_with(|c: char| c != '-')
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_valid {
        bail!(
            "`{name}` is not a valid stack name: use 1 to 32 characters of a-z, 0-9 and -; start with a letter, do not end with -"
        );
    }
    Ok(name.to_owned())
}

fn parse_parameter(setting: &str, template: &Template) -> Result<(String, String)> {
    let parameters = template.parameters();
    let is_public = |name: &&str| !INTERNAL_PARAMETERS.contains(name);
    match setting.split_once('=') {
        // `aws route53 list-hosted-zones` shows ids with this prefix.
        Some((name @ "HostedZoneId", id)) => {
            Ok((name.to_owned(), id.trim_start_matches("/hostedzone/").to_owned()))
        }
        Some((name, _)) if INTERNAL_PARAMETERS.contains(&name) => bail!("the command sets {name} itself"),
        Some((name, value)) if parameters.contains_key(name) => Ok((name.to_owned(), value.to_owned())),
        _ => {
            let names: Vec<&str> = parameters.keys().copied().filter(is_public).collect();
            bail!("unknown setting `{setting}`: use Name=Value with one of {}", names.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<DeployArgs> {
        let template = Template::read().expect("the repository has a template");
        DeployArgs::parse(args, &["--dry-run", "--from FOLDER"], &template)
    }

    #[test]
    fn options_and_parameters_are_parsed() {
        let args = ["--stack", "second", "DomainName=board.example", "--dry-run", "AlarmEmail="];
        let parsed = parse(&args).expect("all arguments are known");
        assert_eq!((parsed.stack.as_str(), parsed.is_dry_run), ("second", true));
        assert_eq!(parsed.parameters["DomainName"], "board.example");
        assert_eq!(parsed.parameters["AlarmEmail"], "");
        assert_eq!(parse(&[]).expect("no argument is required").stack, "wishboard");
    }

    #[test]
    fn a_hosted_zone_id_may_have_the_prefix_that_aws_shows() {
        let parsed = parse(&["HostedZoneId=/hostedzone/Z0123456789"]).expect("a known parameter");
        assert_eq!(parsed.parameters["HostedZoneId"], "Z0123456789");
    }

    #[test]
    fn an_unknown_argument_is_an_error_that_lists_the_known_ones() {
        for (args, expected) in [
            (&["Domain=x"][..], "RestApi, Table"),
            (&["deploy"], "DomainName"),
            (&["Guard=no"], "itself"),
            (&["--yes"], "--dry-run"),
            (&["--from"], "folder"),
            (&["--stack"], "a-z"),
            (&["--stack", "Second"], "a-z"),
            (&["--stack", "second-"], "a-z"),
        ] {
            let error = parse(args).expect_err("it is rejected").to_string();
            assert!(error.contains(expected) && !error.contains('\n'), "{error}");
        }
    }
}
