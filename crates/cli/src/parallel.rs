//! The same work on many items at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// The results in the order of the items, whatever is ready first; `done` is told how many are.
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
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    thread::scope(|scope| {
        for _ in 0..workers.min(items.len()) {
            let (next, work, sender) = (&next, &work, sender.clone());
            scope.spawn(move || {
                while let Some((index, item)) = take(items, next) {
                    // Nobody hears it only if the scope is ending.
                    let _ = sender.send((index, work(item)));
                }
            });
        }
        drop(sender);
        for (before, (index, result)) in receiver.iter().enumerate() {
            if let Some(slot) = results.get_mut(index) {
                *slot = Some(result);
            }
            done(before + 1);
        }
    });
    results.into_iter().flatten().collect()
}

fn take<'a, T>(items: &'a [T], next: &AtomicUsize) -> Option<(usize, &'a T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, items.get(index)?))
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
        assert_eq!(told, (1..=1_000).collect::<Vec<_>>());
        assert!(map(&[(); 0], |()| 1, |_| {}).is_empty());
    }

    #[test]
    fn a_panic_is_not_swallowed() {
        let run = || map(&[1, 2], |item| assert_ne!(*item, 2), |_| {});
        assert!(std::panic::catch_unwind(run).is_err());
    }
}
