//! Creates sessions: the transactions of a sign-up and a login. Both end the session that the browser had before.

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};

use crate::store::key_schema::{session_pk, user_pk};
use crate::store::known_devices::KnownDevice;
use crate::store::sessions::Session;
use crate::store::users::User;
use crate::store::{Store, to_item};
use crate::web::error::{Error, Result};

impl Store {
    /// Creates a user and its first session. Ends the session `replaced_sid`.
    ///
    /// # Errors
    /// `UsernameTaken`; nothing is written then.
    pub async fn sign_up(&self, user: &User, session: &Session, replaced_sid: Option<&str>) -> Result<()> {
        let user = Put::builder()
            .table_name(&self.table)
            .set_item(Some(to_item(user, [("pk", user_pk(&user.username))])?))
            .condition_expression("attribute_not_exists(pk)")
            .build()?;
        let user = TransactWriteItem::builder().put(user).build();
        self.create_session(user, session, replaced_sid).await?.then_some(()).ok_or(Error::UsernameTaken)
    }

    /// Creates a session of a user and stores its browser as a known device, if the user's generation has not changed.
    /// Ends the session `replaced_sid`.
    ///
    /// # Errors
    /// `WrongLogin` if the generation has changed since the password was checked; nothing is written then.
    pub async fn log_in(
        &self,
        user: &User,
        session: &Session,
        device: &KnownDevice,
        replaced_sid: Option<&str>,
    ) -> Result<()> {
        let user = self.put_known_device_write(user, device)?;
        self.create_session(user, session, replaced_sid).await?.then_some(()).ok_or(Error::WrongLogin)
    }

    /// Writes a user and its new session. Returns `false` if the condition of the user's write does not hold.
    async fn create_session(
        &self,
        user: TransactWriteItem,
        session: &Session,
        replaced_sid: Option<&str>,
    ) -> Result<bool> {
        let mut writes = vec![user, self.put_session_write(session)?];
        if let Some(sid) = replaced_sid {
            writes.push(self.delete_write(session_pk(sid))?);
        }
        self.transact(writes).await
    }
}
