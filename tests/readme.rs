//! The pages say what is so: their keys are the key map's, their commands the program's, their tests what `.ci/run` runs.

#![allow(clippy::pedantic)]

#[cfg(test)]
mod readme {
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    const ROOT: &str = env!("CARGO_MANIFEST_DIR");

    const README: &str = include_str!("../README.md");
    const ARCHITECTURE: &str = include_str!("../docs/architecture.md");
    const COMMANDS: &str = include_str!("../docs/commands.md");
    const CONTRIBUTING: &str = include_str!("../docs/contributing.md");
    const IMPORT: &str = include_str!("../docs/import-and-export.md");

    /// Commands that `--help` does not list.
    const UNLISTED: [&str; 3] = ["help", "completions", "man"];

    fn read(path: &Path) -> String {
        std::fs::read_to_string(path).unwrap_or_else(|_| panic!("no file: {}", path.display()))
    }

    /// Every page, by its path.
    fn pages() -> Vec<(PathBuf, String)> {
        let root = Path::new(ROOT);
        let docs = std::fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
        let docs = docs.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
        let paths: Vec<PathBuf> = docs.chain([root.join("README.md"), root.join("CHANGELOG.md")]).collect();
        assert!(paths.len() > 8, "{paths:?}");
        paths.into_iter().map(|path| (path.clone(), read(&path))).collect()
    }

    /// The lines of each block of `page` fenced as `kind`.
    fn blocks<'p>(page: &'p str, kind: &str) -> Vec<Vec<&'p str>> {
        let open = format!("```{kind}\n");
        let opened = page.split(open.as_str()).skip(1);
        opened.map(|text| text.split("```").next().unwrap().lines().collect()).collect()
    }

    /// What stands between backticks in a line of text or a table of `page`.
    fn quoted(page: &str) -> Vec<&str> {
        let lines = page.lines().filter(|line| !line.starts_with("```"));
        lines.flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
    }

    fn run_help(args: &[&str]) -> String {
        let program = env!("CARGO_BIN_EXE_firstbell");
        // No keys of the reader's own.
        let output = Command::new(program).args(args).env("XDG_CONFIG_HOME", "/nowhere").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Every command that `--help` lists.
    fn listed() -> BTreeSet<String> {
        let help = run_help(&["--help"]);
        let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
        commands.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
    }

    /// The anchor of a heading, as GitHub makes it.
    fn anchor(heading: &str) -> String {
        let kept = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = kept.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    }

    #[test]
    fn the_page_of_keys_is_what_the_program_prints() {
        let page = read(&Path::new(ROOT).join("docs/keys.md"));
        assert!(
            page == run_help(&["keys", "--markdown"]),
            "docs/keys.md is not what keymaps.toml says. Make it anew:\n\n    \
             XDG_CONFIG_HOME=/nowhere cargo run -- keys --markdown > docs/keys.md\n"
        );
    }

    #[test]
    fn its_first_command_opens_the_demo_and_its_second_is_what_ci_tests() {
        let commands = blocks(README, "sh");
        assert_eq!(commands[..2], [vec!["cargo run --release -- demo"], vec!["cargo test"]]);
        let output = Command::new(format!("{ROOT}/.ci/run")).arg("--which-tests").output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "cargo test\n");
    }

    #[test]
    fn the_page_of_commands_has_every_one() {
        let tables = COMMANDS.split("\n## Every command").nth(1).unwrap().split("\n## ").next().unwrap();
        let commands = tables.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        let commands: BTreeSet<String> = commands.map(str::to_owned).chain(["help".to_owned()]).collect();
        assert_eq!(commands, listed());
    }

    #[test]
    fn every_line_that_calls_the_program_names_a_command_it_has() {
        let mut listed = listed();
        listed.extend(UNLISTED.map(str::to_owned));
        let mut named = BTreeSet::new();
        for (path, page) in pages() {
            let blocks = blocks(&page, "sh");
            let lines = blocks.iter().flatten().copied().chain(quoted(&page));
            let called = lines.filter_map(|line| line.split_once("firstbell ").map(|(_, run_help)| run_help));
            for word in called.filter_map(|run_help| run_help.split_whitespace().next()) {
                assert!(word.starts_with('-') || listed.contains(word), "{}: firstbell {word}", path.display());
                named.insert(word.to_owned());
            }
        }
        assert!(named.len() > 15, "{named:?}");
    }

    #[test]
    fn the_page_of_imports_has_every_column_that_a_template_has() {
        for kind in firstbell::exchange::kind::Kind::ALL.iter().copied() {
            let headings = firstbell::exchange::flat::template::template(kind).lines().next().unwrap();
            let section = IMPORT.split(&format!("\n| {} |", kind.as_str())).nth(1).unwrap();
            let own = section.lines().take_while(|line| !line.starts_with("| ") || line.starts_with("| |"));
            let section: String = section.lines().take(1).chain(own.skip(1)).collect();
            for column in headings.split(',') {
                assert!(section.contains(&format!("`{column}`")), "{column} of {}", kind.as_str());
            }
        }
    }

    #[test]
    fn every_link_leads_to_a_page_and_a_heading() {
        for (path, page) in pages() {
            let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            for link in links.filter(|link| !link.starts_with("http")) {
                let (file, heading) = link.split_once('#').unwrap_or((link, ""));
                let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
                let target = read(&target);
                let is_there =
                    || target.lines().any(|line| line.starts_with('#') && anchor(line) == heading.to_lowercase());
                assert!(heading.is_empty() || is_there(), "{} has no {link}", path.display());
            }
        }
    }

    #[test]
    fn the_files_that_are_named_to_who_changes_the_source_are_there() {
        let mut named = 0;
        for word in [ARCHITECTURE, CONTRIBUTING].into_iter().flat_map(quoted) {
            let is_path = ["src/", "data/", "docs/", "tests/"].iter().any(|folder| word.starts_with(folder));
            // NAME and FOLDER stand for what is new.
            if is_path && !word.chars().any(char::is_uppercase) {
                assert!(Path::new(ROOT).join(word).exists(), "no file: {word}");
                named += 1;
            }
        }
        assert!(named > 50, "{named}");
    }

    #[test]
    fn the_walks_name_files_and_functions_that_there_are() {
        let walks = ARCHITECTURE.split("\n## Three walks through the source").nth(1).unwrap();
        let steps = walks.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit()));
        let mut named = 0;
        for step in steps {
            let words: Vec<&str> = step.split('`').skip(1).step_by(2).collect();
            let source = read(&Path::new(ROOT).join(words[0]));
            let is_there = |ends: char| source.contains(&format!("fn {}{ends}", words[1]));
            assert!(is_there('(') || is_there('<'), "no function: {step}");
            named += 1;
        }
        assert_eq!(named, 26 + 12 + 13);
    }
}
