//! Sleeps of the AWS SDK that take no real time: while the SDK waits for a timeout or before a retry, the clock of the
//! runtime skips to the next timer as soon as there is nothing else to do.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_dynamodb::config::{AsyncSleep, Sleep};

/// The sleep of one SDK client. It needs a runtime with one thread.
#[derive(Clone, Debug, Default)]
pub struct VirtualSleep {
    sleeper_count: Arc<AtomicUsize>,
}

impl AsyncSleep for VirtualSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        let pause = Pause::begin(self.sleeper_count.clone());
        Sleep::new(async move {
            let _pause = pause;
            tokio::time::sleep(duration).await;
        })
    }
}

/// Pauses the clock of the runtime until the last pause is dropped. A paused clock does not skip ahead while blocking
/// work runs, such as a call of the embedded engine.
struct Pause(Arc<AtomicUsize>);

impl Pause {
    fn begin(sleeper_count: Arc<AtomicUsize>) -> Self {
        if sleeper_count.fetch_add(1, Ordering::SeqCst) == 0 {
            tokio::time::pause();
        }
        Self(sleeper_count)
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        // At the end of a test, the runtime drops the tasks that are left.
        let is_running = tokio::runtime::Handle::try_current().is_ok();
        if self.0.fetch_sub(1, Ordering::SeqCst) == 1 && is_running {
            tokio::time::resume();
        }
    }
}
