//! What is asked through an SSH key's forced command: the client's words, which name a command and never a file, a time or
//! somebody else's login. They are words, whatever signs of a shell stand in them.

use std::io::Write;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::commands::args::{Args, Asked};
use super::{Failure, read};

/// What only the forced command itself may say.
const OURS: [&str; 3] = ["--as", "--db", "--now"];

/// The arguments that `asked` comes to, under the login and on the file that the forced command gives; nothing when help was asked
/// for, which is given.
pub fn asked(forced: Args, asked: &str, out: &mut dyn Write) -> Result<Option<Args>, Failure> {
    if forced.command.is_some() {
        let text = "this key is for one command only, which it names itself: connect without naming another";
        return Err(Failure::Refused(text.to_owned()));
    }
    let words = std::iter::once("firstbell".to_owned()).chain(words(asked));
    let asked = match Asked::try_parse_from(words) {
        Err(error) if passed_option(&error).is_some() => {
            let option = passed_option(&error).unwrap_or_default();
            let text = format!("{option} cannot be asked for over this line: whoever set the key up has said it");
            return Err(Failure::Refused(text));
        }
        asked => read(asked, out)?,
    };
    Ok(asked.map(|Asked { json, look, command }| {
        let mut args = Args { look, command, ..forced };
        args.global.json |= json;
        args
    }))
}

/// The words of a line. Where its quotes do not pair, as in O'Neill's name, they are letters as any others; and `#` is one always,
/// which the reader of words would take for the start of a comment.
fn words(line: &str) -> Vec<String> {
    // No environment variable can hold a NUL, so it stands for the sign meanwhile.
    let split = shell_words::split(&line.replace('#', "\0"));
    let split = split.map(|words| words.into_iter().map(|word| word.replace('\0', "#")).collect());
    let mut words: Vec<String> = split.unwrap_or_else(|_| line.split_whitespace().map(str::to_owned).collect());
    if words.first().is_some_and(|first| first == "firstbell" || first.ends_with("/firstbell")) {
        words.remove(0);
    }
    words
}

/// The option of [`OURS`] that was not understood here.
fn passed_option(error: &clap::Error) -> Option<&'static str> {
    let (ErrorKind::UnknownArgument, Some(ContextValue::String(said))) =
        (error.kind(), error.get(ContextKind::InvalidArg))
    else {
        return None;
    };
    OURS.into_iter().find(|option| said.split('=').next() == Some(option))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_words_and_never_a_shell() {
        for (line, option) in [
            ("firstbell who smi", &["who", "smi"][..]),
            ("/usr/local/bin/firstbell who smi", &["who", "smi"]),
            ("who 'smith jo'", &["who", "smith jo"]),
            ("who O'Neill 8KM", &["who", "O'Neill", "8KM"]),
            ("who smi; rm -rf /", &["who", "smi;", "rm", "-rf", "/"]),
            ("who $(id) `id` | sh > x && y", &["who", "$(id)", "`id`", "|", "sh", ">", "x", "&&", "y"]),
            ("who # smi", &["who", "#", "smi"]),
            ("out smi #dentist at 10#", &["out", "smi", "#dentist", "at", "10#"]),
            (r##"out 'smi #1' "#2" \#3"##, &["out", "smi #1", "#2", "#3"]),
            ("firstbell firstbell", &["firstbell"]),
            ("'firstbell' \"\"", &[""]),
            ("  ", &[]),
        ] {
            assert_eq!(words(line), option, "{line}");
        }
    }

    #[test]
    fn neither_file_nor_login_nor_time_is_asked_for() {
        let forced = || Args::try_parse_from(["firstbell", "--as", "jsmith", "--db", "/srv/school.db"]).unwrap();
        let ask = |line: &str| asked(forced(), line, &mut Vec::new());
        let args = ask("who smi --json").unwrap().unwrap();
        assert_eq!(args.global.login.as_deref(), Some("jsmith"));
        assert_eq!(args.global.db.as_deref(), Some(std::path::Path::new("/srv/school.db")));
        assert!(args.global.json);
        for line in ["--as head lates", "lates --as=head", "--db /etc/passwd lates", "lates --now 2026-11-24T09:20"] {
            let Err(Failure::Refused(text)) = ask(line) else { panic!("{line}") };
            assert!(text.contains("cannot be asked for over this line"), "{text}");
        }
        assert!(matches!(ask("sh -c id"), Err(Failure::Args(_))));
    }

    #[test]
    fn a_key_for_one_command_answers_no_other() {
        let forced = Args::try_parse_from(["firstbell", "--as", "jsmith", "lates"]).unwrap();
        assert!(matches!(asked(forced, "who smi", &mut Vec::new()), Err(Failure::Refused(_))));
    }
}
