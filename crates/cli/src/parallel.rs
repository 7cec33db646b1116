//! The same work on many items at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Most items that a thread takes at once: to hand over each by itself takes as long as to check a small spec.
const BATCH: usize = 32;

/// The results in the order of the items, whatever is ready first; `done` is told now and then how many are.
///
/// A panic of the work is a panic of this function.
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(usize),
) -> Vec<R> {
    if let [only] = items {
        // A thread for a single item would take longer than most work on it.
        let results = vec![work(only)];
        done(1);
        return results;
    }
    let workers = thread::available_parallelism().map_or(1, usize::from);
    // So few that no thread is left with much when the others are done.
    let batch = (items.len() / workers / 8).clamp(1, BATCH);
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    thread::scope(|scope| {
        for _ in 0..workers.min(items.len()) {
            let (next, work, sender) = (&next, &work, sender.clone());
            scope.spawn(move || {
                while let Some((start, items)) = take(items, next, batch) {
                    let results: Vec<R> = items.iter().map(work).collect();
                    // Nobody hears it only if the scope is ending.
                    let _ = sender.send((start, results));
                }
            });
        }
        drop(sender);
        let mut ready = 0;
        for (start, batch) in receiver {
            ready += batch.len();
            let slots = results.iter_mut().skip(start);
            slots
                .zip(batch)
                .for_each(|(slot, result)| *slot = Some(result));
            done(ready);
        }
    });
    results.into_iter().flatten().collect()
}

/// The next items that nobody has taken, and the index of the first.
fn take<'a, T>(items: &'a [T], next: &AtomicUsize, most: usize) -> Option<(usize, &'a [T])> {
    let start = next.fetch_add(most, Ordering::Relaxed);
    let rest = items.get(start..).filter(|rest| !rest.is_empty())?;
    Some((start, rest.get(..most).unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1_000).collect();
        let mut told = Vec::new();
        let results = map(&items, |item| item * 2, |done| told.push(done));
        assert_eq!(results, (0..2_000).step_by(2).collect::<Vec<_>>());
        assert!(told.is_sorted() && told.last() == Some(&1_000), "{told:?}");
        assert!(map(&[(); 0], |()| 1, |_| {}).is_empty());
    }

    #[test]
    fn a_panic_is_not_swallowed() {
        let run = || map(&[1, 2], |item| assert_ne!(*item, 2), |_| {});
        assert!(std::panic::catch_unwind(run).is_err());
    }
}
