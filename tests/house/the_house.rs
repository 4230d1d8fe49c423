//! The source as it stands.

use std::collections::BTreeSet;

use crate::rules::{circles, folders, imports, manners};
use crate::source::files;

/// Where there is source.
const EVERYWHERE: [&str; 3] = ["src", "tests", "benches"];

#[test]
fn the_floors_are_kept() {
    let files = files("src");
    assert!(files.len() > 100, "the source was not found");
    let modules: BTreeSet<_> = files.iter().map(|file| file.module.clone()).collect();
    let faults: Vec<String> = files.iter().flat_map(|file| imports(file, &modules)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_are_small_well_named_and_finished() {
    let faults: Vec<String> = EVERYWHERE.into_iter().flat_map(files).flat_map(|file| manners(&file)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_imports_go_round_in_a_circle() {
    let faults = circles(&files("src"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_folder_can_be_looked_over() {
    let faults = folders(&EVERYWHERE.into_iter().flat_map(files).collect::<Vec<_>>());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
