//! The README and the walks say what is so: its keys are the key map's, its commands the program's, its tests what `.ci/run` runs.

#[cfg(test)]
mod readme {
    use std::collections::BTreeSet;
    use std::process::Command;

    use firstbell::keys::KeymapFile;
    use firstbell::screen::Keymaps;

    const README: &str = include_str!("../README.md");

    /// The lines of each block fenced as `kind`.
    fn blocks(kind: &str) -> Vec<Vec<&'static str>> {
        let open = format!("```{kind}\n");
        let opened = README.split(open.as_str()).skip(1);
        opened.map(|text| text.split("```").next().unwrap().lines().collect()).collect()
    }

    /// What stands between backticks in a line of text or a table.
    fn quoted() -> Vec<&'static str> {
        let lines = README.lines().filter(|line| !line.starts_with("```"));
        lines.flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
    }

    /// Every command that `--help` lists.
    fn listed() -> BTreeSet<String> {
        let output = Command::new(env!("CARGO_BIN_EXE_firstbell")).arg("--help").output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
        commands.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
    }

    #[test]
    fn its_keys_are_the_keymaps() {
        let mut tables = String::new();
        for (room, rows) in Keymaps::read(KeymapFile::compiled_in()).unwrap().help() {
            tables += &format!("**{room}**\n\n| Keys | |\n|---|---|\n");
            for row in rows {
                let keys: Vec<String> = row.keys.split(", ").map(|key| format!("`{key}`")).collect();
                tables += &format!("| {} | {} |\n", keys.join(", "), row.help);
            }
            tables += "\n";
        }
        let written = README.split("<!-- keys").nth(1).unwrap().split_once("-->\n\n").unwrap().1;
        let written = written.split("<!-- /keys -->").next().unwrap();
        assert!(written == tables, "the README's keys should be:\n\n{tables}");
    }

    #[test]
    fn its_first_command_opens_the_demo_and_its_second_is_what_ci_tests() {
        let commands = blocks("sh");
        assert_eq!(commands[..2], [vec!["cargo run --release -- demo"], vec!["cargo test"]]);
        let output =
            Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/run")).arg("--which-tests").output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "cargo test\n");
    }

    #[test]
    fn its_commands_are_the_programs() {
        let table = README.split("## Commands").nth(1).unwrap().split("###").next().unwrap();
        let told = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        let told: BTreeSet<String> = told.map(str::to_owned).chain(["help".to_owned()]).collect();
        assert_eq!(told, listed());
    }

    #[test]
    fn every_line_that_calls_the_program_names_a_command_it_has() {
        let (blocks, listed) = (blocks("sh"), listed());
        let lines = blocks.iter().flatten().copied().chain(quoted());
        let called = lines.filter_map(|line| line.split_once("firstbell ").map(|(_, said)| said));
        let named: BTreeSet<&str> = called.filter_map(|said| said.split_whitespace().next()).collect();
        assert!(named.len() > 15, "{named:?}");
        let unknown: Vec<_> = named.iter().filter(|word| !word.starts_with('-') && !listed.contains(**word)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn it_writes_in_full_every_column_that_a_template_has() {
        for kind in firstbell::exchange::kind::Kind::ALL {
            let headings = firstbell::exchange::template::template(kind).lines().next().unwrap();
            let section = README.split(&format!("\n| {} |", kind.as_str())).nth(1).unwrap();
            let own = section.lines().take_while(|line| !line.starts_with("| ") || line.starts_with("| |"));
            let section: String = section.lines().take(1).chain(own.skip(1)).collect();
            for column in headings.split(',') {
                assert!(section.contains(&format!("`{column}`")), "{column} of {}", kind.as_str());
            }
        }
    }

    #[test]
    fn the_walks_name_files_and_functions_that_there_are() {
        let walks = include_str!("../docs/walks.md");
        let steps = walks.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit()));
        let mut named = 0;
        for step in steps {
            let words: Vec<&str> = step.split('`').skip(1).step_by(2).collect();
            let source = format!("{}/{}", env!("CARGO_MANIFEST_DIR"), words[0]);
            let source = std::fs::read_to_string(&source).unwrap_or_else(|_| panic!("no file: {step}"));
            let is_there = |ends: char| source.contains(&format!("fn {}{ends}", words[1]));
            assert!(is_there('(') || is_there('<'), "no function: {step}");
            named += 1;
        }
        assert_eq!(named, 25 + 12 + 13);
    }
}
