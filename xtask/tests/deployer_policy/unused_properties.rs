//! Actions that CloudFormation needs only for properties that deploy/template.yaml does not set.

/// A resource type, a property, and the actions that only this property needs. The property's documentation in the
/// CloudFormation Template Reference names the feature; the actions are those of this feature.
pub const UNUSED_PROPERTIES: &[(&str, &str, &[&str])] = &[
    ("AWS::ApiGateway::RestApi", "Policy", &["apigateway:updaterestapipolicy"]),
    (
        "AWS::CertificateManager::Certificate",
        "CertificateAuthorityArn",
        &["acm-pca:getcertificate", "acm-pca:issuecertificate"],
    ),
    (
        "AWS::CertificateManager::Certificate",
        "CertificateTransparencyLoggingPreference",
        &["acm:updatecertificateoptions"],
    ),
    ("AWS::CloudFront::Distribution", "ConnectionMode", &["cloudfront:createconnectiongroup"]),
    ("AWS::CloudFront::Distribution", "Staging", &["cloudfront:updatedistributionwithstagingconfig"]),
    ("AWS::DynamoDB::Table", "ContributorInsightsSpecification", &["dynamodb:updatecontributorinsights"]),
    (
        "AWS::DynamoDB::Table",
        "ImportSourceSpecification",
        &["dynamodb:importtable", "logs:createlogstream", "logs:describelogstreams", "logs:putlogevents"],
    ),
    (
        "AWS::DynamoDB::Table",
        "KinesisStreamSpecification",
        &[
            "dynamodb:disablekinesisstreamingdestination",
            "dynamodb:enablekinesisstreamingdestination",
            "dynamodb:updatekinesisstreamingdestination",
            "kinesis:*",
        ],
    ),
    // The key policy of the AWS managed key, which the tables use, allows its use to everyone who may use DynamoDB.
    ("AWS::DynamoDB::Table", "KMSMasterKeyId", &["kms:*"]),
    ("AWS::IAM::Role", "ManagedPolicyArns", &["iam:attachrolepolicy", "iam:detachrolepolicy"]),
    (
        "AWS::IAM::Role",
        "PermissionsBoundary",
        &["iam:deleterolepermissionsboundary", "iam:putrolepermissionsboundary"],
    ),
    ("AWS::Lambda::Function", "CapacityProviderConfig", &["lambda:passcapacityprovider"]),
    (
        "AWS::Lambda::Function",
        "CodeSigningConfigArn",
        &[
            "lambda:deletefunctioncodesigningconfig",
            "lambda:getcodesigningconfig",
            "lambda:putfunctioncodesigningconfig",
        ],
    ),
    (
        "AWS::Lambda::Function",
        "FileSystemConfigs",
        &["elasticfilesystem:describemounttargets", "s3files:listmounttargets"],
    ),
    ("AWS::Lambda::Function", "FunctionScalingConfig", &["lambda:putfunctionscalingconfig"]),
    ("AWS::Lambda::Function", "KmsKeyArn", &["kms:*"]),
    ("AWS::Lambda::Function", "Layers", &["lambda:getlayerversion"]),
    ("AWS::Lambda::Function", "PublishToLatestPublished", &["lambda:publishversion"]),
    ("AWS::Lambda::Function", "RecursiveLoop", &["lambda:putfunctionrecursionconfig"]),
    ("AWS::Lambda::Function", "RuntimeManagementConfig", &["lambda:putruntimemanagementconfig"]),
    ("AWS::Lambda::Function", "S3ObjectVersion", &["s3:getobjectversion"]),
    ("AWS::Lambda::Function", "VpcConfig", &["ec2:*"]),
    ("AWS::Logs::LogGroup", "BearerTokenAuthenticationEnabled", &["logs:putbearertokenauthentication"]),
    ("AWS::Logs::LogGroup", "DataProtectionPolicy", &["firehose:*", "logs:putdataprotectionpolicy"]),
    ("AWS::Logs::LogGroup", "DeletionProtectionEnabled", &["logs:putloggroupdeletionprotection"]),
    ("AWS::Logs::LogGroup", "FieldIndexPolicies", &["logs:deleteindexpolicy", "logs:putindexpolicy"]),
    ("AWS::Logs::LogGroup", "KmsKeyId", &["logs:associatekmskey", "logs:disassociatekmskey"]),
    ("AWS::Logs::LogGroup", "ResourcePolicyDocument", &["logs:deleteresourcepolicy"]),
    ("AWS::S3::Bucket", "AbacStatus", &["s3:putbucketabac"]),
    ("AWS::S3::Bucket", "AccelerateConfiguration", &["s3:putaccelerateconfiguration"]),
    ("AWS::S3::Bucket", "AccessControl", &["s3:putbucketacl", "s3:putobjectacl"]),
    ("AWS::S3::Bucket", "AnalyticsConfigurations", &["s3:putanalyticsconfiguration"]),
    ("AWS::S3::Bucket", "CorsConfiguration", &["s3:putbucketcors"]),
    ("AWS::S3::Bucket", "IntelligentTieringConfigurations", &["s3:putintelligenttieringconfiguration"]),
    ("AWS::S3::Bucket", "InventoryConfigurations", &["s3:putinventoryconfiguration"]),
    ("AWS::S3::Bucket", "LoggingConfiguration", &["s3:putbucketlogging"]),
    ("AWS::S3::Bucket", "MetadataTableConfiguration", &["s3tables:*"]),
    (
        "AWS::S3::Bucket",
        "MetadataConfiguration",
        &[
            "s3:createbucketmetadatatableconfiguration",
            "s3:deletebucketmetadatatableconfiguration",
            "s3:updatebucketmetadata*",
        ],
    ),
    ("AWS::S3::Bucket", "MetricsConfigurations", &["s3:putmetricsconfiguration"]),
    ("AWS::S3::Bucket", "NotificationConfiguration", &["s3:putbucketnotification"]),
    ("AWS::S3::Bucket", "ObjectLockConfiguration", &["s3:putbucketobjectlockconfiguration"]),
    ("AWS::S3::Bucket", "ReplicationConfiguration", &["s3:putreplicationconfiguration"]),
    ("AWS::S3::Bucket", "VersioningConfiguration", &["s3:putbucketversioning"]),
    ("AWS::S3::Bucket", "WebsiteConfiguration", &["s3:deletebucketwebsite", "s3:putbucketwebsite"]),
    ("AWS::SNS::Topic", "DataProtectionPolicy", &["sns:putdataprotectionpolicy"]),
    (
        "AWS::SecretsManager::Secret",
        "ReplicaRegions",
        &["secretsmanager:removeregionsfromreplication", "secretsmanager:replicatesecrettoregions"],
    ),
];

/// Actions for the copies of a table in other regions. Table has no property for them: AWS::DynamoDB::GlobalTable shares
/// its handlers.
pub const GLOBAL_TABLE_ACTIONS: &[&str] = &[
    "dynamodb:associatetablereplica",
    "dynamodb:batchwriteitem",
    "dynamodb:createtablereplica",
    "dynamodb:deleteitem",
    "dynamodb:getitem",
    "dynamodb:putitem",
    "dynamodb:query",
    "dynamodb:scan",
    "dynamodb:updateitem",
];
