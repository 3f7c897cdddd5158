//! A user with only the permissions in deploy/deployer.json.
//!
//! The emulator checks the permissions for direct requests. It does not check them for the requests that
//! CloudFormation makes on behalf of the user.

use std::process::{Command, Stdio};

use crate::aws::{aws, stack_output};

const XTASK: &str = env!("CARGO_BIN_EXE_xtask");
const POLICY_TEMPLATE: &str = include_str!("../../../deploy/deployer.json");

/// An IAM user with an access key.
pub struct Deployer {
    pub user: String,
    key_id: String,
    secret: String,
}

impl Deployer {
    /// Creates a user with this name.
    pub fn create(user: &str) -> Self {
        aws(&["iam", "create-user", "--user-name", user]).unwrap();
        for policy in create_policies(user) {
            aws(&["iam", "attach-user-policy", "--user-name", user, "--policy-arn", &policy]).unwrap();
        }
        let key = aws(&["iam", "create-access-key", "--user-name", user, "--query", "AccessKey"]).unwrap();
        let text = |name: &str| key[name].as_str().unwrap().to_owned();
        Self { user: user.to_owned(), key_id: text("AccessKeyId"), secret: text("SecretAccessKey") }
    }

    /// Returns an xtask command with the credentials of this user.
    pub fn xtask(&self, args: &[&str]) -> Command {
        let mut xtask = Command::new(XTASK);
        xtask.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        xtask.env("AWS_ACCESS_KEY_ID", &self.key_id).env("AWS_SECRET_ACCESS_KEY", &self.secret);
        xtask
    }
}

/// Creates the policies as deploy/README.md says, for a deployer with a custom domain. Returns their ARNs.
fn create_policies(name: &str) -> [String; 2] {
    let stack = format!("deployer-{name}");
    let name = format!("ParameterKey=PolicyName,ParameterValue={name}");
    let domain = "ParameterKey=DomainName,ParameterValue=wishboard.example";
    let zone = "ParameterKey=HostedZoneId,ParameterValue=Z0123456789";
    let create =
        ["cloudformation", "create-stack", "--stack-name", &stack, "--template-body", POLICY_TEMPLATE];
    let options = ["--capabilities", "CAPABILITY_NAMED_IAM", "--parameters", &name, domain, zone];
    aws(&[&create[..], &options[..]].concat()).unwrap();
    aws(&["cloudformation", "wait", "stack-create-complete", "--stack-name", &stack]).unwrap();
    ["PolicyArn", "EdgePolicyArn"].map(|output| stack_output(&stack, output).unwrap())
}
