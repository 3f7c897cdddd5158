//! A pool of threads for password jobs.
//!
//! Each thread reuses its Argon2 memory. `spawn_blocking` is not suitable: each of its up to 512 threads would keep
//! freed blocks of 19 MiB in its own allocator arena.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::auth::password_hash::argon::Memory;
use crate::web::error::{Error, Result};

/// Maximum time that a job waits for a place in the queue: 5 seconds.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(5);

/// A closure that does the work and sends its result to the waiting caller.
type Job = Box<dyn FnOnce(&mut Memory) + Send>;

/// One thread per core, and a queue with one place per thread. The threads end when the pool is dropped.
pub(super) struct Pool {
    queue: mpsc::Sender<Job>,
    queue_timeout: Duration,
}

impl Default for Pool {
    fn default() -> Self {
        Self::new(thread::available_parallelism().map_or(1, usize::from), QUEUE_TIMEOUT)
    }
}

impl Pool {
    fn new(threads: usize, queue_timeout: Duration) -> Self {
        let (queue, jobs) = mpsc::channel(threads);
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..threads {
            let jobs = jobs.clone();
            let started = thread::Builder::new().name("password".to_owned()).spawn(move || run_jobs(&jobs));
            // If no thread starts, the queue closes and every job is rejected with `Busy`.
            if let Err(error) = started {
                tracing::error!(%error, "a thread for password jobs could not be started");
            }
        }
        Self { queue, queue_timeout }
    }

    /// Runs `work` on a thread of the pool. If the caller stops waiting, `work` is skipped, or its result is dropped if
    /// it has already begun.
    ///
    /// # Errors
    /// `Busy` if the queue stays full for too long; `Internal` if `work` panics.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T> {
        let (sender, result) = oneshot::channel();
        let job: Job = Box::new(move |memory| {
            if !sender.is_closed() {
                let _ = sender.send(work(memory));
            }
        });
        self.queue.send_timeout(job, self.queue_timeout).await.map_err(|_| Error::Busy)?;
        result.await.map_err(|_| Error::internal("a password job panicked"))
    }
}

/// Runs jobs until the pool is dropped.
fn run_jobs(jobs: &Mutex<mpsc::Receiver<Job>>) {
    let mut memory = Memory::default();
    loop {
        // This statement drops the lock guard at its end. The guard must not be held during a job.
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        let Some(job) = job else { return };
        // A panic drops the sender of the job, so the caller gets an error. The thread continues.
        let _ = catch_unwind(AssertUnwindSafe(|| job(&mut memory)));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    /// Occupies the only thread of a pool until the returned sender is used.
    async fn occupy(pool: &Arc<Pool>) -> std::sync::mpsc::Sender<()> {
        let (begun, has_begun) = oneshot::channel();
        let (release, released) = std::sync::mpsc::channel();
        let pool = pool.clone();
        tokio::spawn(async move {
            pool.run(move |_| {
                begun.send(()).unwrap();
                released.recv().unwrap();
            })
            .await
        });
        has_begun.await.unwrap();
        release
    }

    #[tokio::test]
    async fn a_panic_fails_only_the_job_in_which_it_occurs() {
        let pool = Pool::new(1, QUEUE_TIMEOUT);
        for round in 0..3 {
            let failed = pool.run(|_| -> u32 { panic!("on purpose") }).await;
            assert!(matches!(failed, Err(Error::Internal(_))));
            assert_eq!(pool.run(move |_| round).await.unwrap(), round);
        }
    }

    #[tokio::test]
    async fn a_full_queue_rejects_a_job() {
        let pool = Arc::new(Pool::new(1, Duration::from_millis(10)));
        let release = occupy(&pool).await;
        let mut queued = Box::pin(pool.run(|_| "queued"));
        tokio::select! {
            biased;
            _ = &mut queued => unreachable!("the thread is occupied"),
            () = std::future::ready(()) => {}
        }
        assert!(matches!(pool.run(|_| "too late").await, Err(Error::Busy)));
        release.send(()).unwrap();
        assert_eq!(queued.await.unwrap(), "queued");
    }

    #[tokio::test]
    async fn a_job_is_skipped_when_its_caller_has_stopped_waiting() {
        let pool = Arc::new(Pool::new(1, QUEUE_TIMEOUT));
        let release = occupy(&pool).await;
        let is_done = Arc::new(AtomicBool::new(false));
        let done = is_done.clone();
        tokio::select! {
            biased;
            _ = pool.run(move |_| done.store(true, Ordering::SeqCst)) => unreachable!("the thread is occupied"),
            () = std::future::ready(()) => {}
        }
        release.send(()).unwrap();
        pool.run(|_| ()).await.unwrap();
        assert!(!is_done.load(Ordering::SeqCst));
    }
}
