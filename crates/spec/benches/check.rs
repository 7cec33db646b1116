//! How long a check takes without the process around it: `cargo bench -p iisc-spec`.
use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use iisc_spec::{Level, Options, SourceFile, check};

/// The least that is enough.
const SMALL: &str = "name: shop\nroot: D:\\apps\\shop\npython:\n  \
    interpreter: D:\\apps\\shop\\env\\Scripts\\python.exe\n  handler: shop.app\n";

/// Nearly every key.
const FULL: &str = include_str!("../../../examples/flask/app.iis.yaml");

/// Benchmarks a check, and makes sure beforehand that it is the check that was meant.
fn bench(criterion: &mut Criterion, name: &str, text: &str, errors: usize) {
    let checked = check("app.iis.yaml", text.as_bytes(), &Options::default());
    let failed = checked
        .diagnostics
        .iter()
        .filter(|found| found.level == Level::Error);
    assert_eq!(failed.count(), errors, "{name}: {:?}", checked.diagnostics);
    let mut group = criterion.benchmark_group("check");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            check(
                "app.iis.yaml",
                black_box(text.as_bytes()),
                &Options::default(),
            )
        });
    });
    group.finish();
}

fn checks(criterion: &mut Criterion) {
    bench(criterion, "small", SMALL, 0);
    bench(criterion, "full", FULL, 0);
    // A second document ends the check when the text has become a tree, before anything judges that tree.
    bench(criterion, "small, parsed only", &format!("{SMALL}---\n"), 1);
    bench(criterion, "full, parsed only", &format!("{FULL}---\n"), 1);
    bench(
        criterion,
        "small, with a problem",
        &SMALL.replace("handler", "handle"),
        1,
    );
}

fn lines(criterion: &mut Criterion) {
    let text = "key: value\n".repeat(10_000);
    let make = |text: String| SourceFile::new("app.iis.yaml", text);
    criterion.bench_function("lines of 110 kB", |bencher| {
        bencher.iter_batched(|| text.clone(), make, BatchSize::SmallInput);
    });
}

criterion_group!(benches, checks, lines);
criterion_main!(benches);
