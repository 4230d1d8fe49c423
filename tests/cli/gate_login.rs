//! What a gate's login learns, by all that it can say: names, tutor groups, who is in, who came late and when. Every word of every
//! answer is looked at, and none is there that is not allowed.

use std::collections::BTreeSet;

use crate::roles::{COMMANDS, staffed};
use crate::support::*;

/// Words that say of a pupil who they are, whether they are in, how late, and what the gate does about it; and the names of fields.
const ALLOWED: &str = "a s t L U \
    1st firstbell gate accepted account accounted act add asking pack penalty notice such admin admission allowed already am an and any arrival as ask asks at back bar be \
    but by called candidates card case challenged changed changes closed code come comes commands contact could counts date \
    day does done entry false file files fire first flags follow for forbidden forename from given goes group half \
    has help import in input is it its itself known last late lates lead lifting list logged login look makes mark marks mean meanwhile met min \
    minutes name needs newest next no nobody not nov now nth null number of office officer on one or others out over \
    owns pin pupil pupils reader reads reason record recorded refused register roll rows say saying says school screen \
    scripts send session set several since site ssh standard state step steps surname taking term terminal the there this \
    through tier time to true tue tutor typed undone unknown up use was week what whoever whole why words work \
    absent due elsewhere exports lists making marked reported signs today writes year yes";

/// That there is nothing to be done again.
const NOTHING_UNDONE: &str = "again cannot desk nothing taken that undo";

/// How far a roll call has come, which the gate ticks as well.
const TICKED: &str = "are gone seen";

/// What the gate itself typed.
const TYPED: &str = "errand bus dentist x";

/// Whom the roll names, how the school and its groups are called, and what is left of a name with an escape sequence in it.
const NAMES: &str = "Khan Amira Bilal Osei Kofi O’Neill Smith NSmith Zoë Jo Bea Mc Bad tBad Harrington High 8KM 9BW 10DP \
    Mrs Kemp Mr Webb Dr Price 31m 31m2J u001b u0007 u009b2J u202e";

/// Who logged an arrival.
const STAFF: [&str; 3] = ["G Gate", "S Marsh", "J Ito"];

/// Said of nobody: what these print is the same in every school.
const OF_NOBODY: [&str; 5] = ["template", "keys", "schema", "completions", "init"];

/// A school with much that is not the gate's to know: a child who is protected and missing, one who is ill, one suspended, one at a
/// doctor's, one elsewhere by arrangement, and what was said of each.
fn with_secrets() -> Desk {
    let desk = staffed();
    for command in [
        &["watch", "add", "1", "--reason", "truancy"][..],
        &["report-absence", "2", "--code", "I", "--until", "2026-11-24", "--by", "Mrs Khan", "--words", "vomiting"],
        &["report-absence", "3", "--code", "E", "--until", "2026-11-24", "--by", "the head", "--words", "fighting"],
        &["mark", "4", "M", "--reason", "orthodontist"],
        &["mark", "6", "B", "--reason", "Riverside unit"],
        &["confirm", "6", "--by", "Mr Hall", "--not-there"],
        &["call", "1", "--contact", "1", "--outcome", "unaware", "--note", "lives with an aunt"],
        &["search", "1", "--last-seen", "bus stop"],
        &["step", "1", "tell DSL", "told the safeguarding lead"],
        &["late-step", "5", "challenged", "mum in hospital"],
        &["late-step", "5", "not-accepted", "third time"],
        &["late-step", "5", "sanctioned", "30 min detention"],
        &["out", "5", "counsellor", "--at", "09:15"],
    ] {
        let output = desk.run(command);
        assert_eq!(output.exit, 0, "{command:?}: {}{}", output.out, output.err);
    }
    desk
}

/// The words of what was said that are not allowed. Letters that stand alone are taken as they are written: `L` is allowed, `E` is
/// not.
fn strange(output: &str) -> BTreeSet<String> {
    let allowed: BTreeSet<String> =
        format!("{ALLOWED} {NOTHING_UNDONE} {TICKED} {TYPED} {NAMES}").split_whitespace().map(folded).collect();
    // A call is of a contact, but for this one.
    let output = output.replace("roll call", "");
    let output = STAFF.iter().fold(output, |output, name| output.replace(name, ""));
    let words =
        output.split(|letter: char| !letter.is_alphanumeric() && letter != '’').map(|word| word.trim_matches('’'));
    let words = words.filter(|word| word.chars().any(char::is_alphabetic)).map(folded);
    words.filter(|word| !allowed.contains(word)).collect()
}

fn folded(word: &str) -> String {
    if word.chars().count() == 1 { word.to_owned() } else { word.to_lowercase() }
}

#[test]
fn no_answer_to_a_gate_s_login_holds_a_word_that_is_not_the_gate_s() {
    let desk = with_secrets();
    let (mut strangers, mut all) = (Vec::new(), String::new());
    let mut ask = |command: &[&str]| {
        for json in [&[][..], &["--json"]] {
            let output = desk.run(&[command, &["--as", "gate"], json].concat());
            all += &format!("{}\n{}", output.out, output.err);
            let found = strange(&format!("{}\n{}", output.out, output.err));
            if !found.is_empty() {
                strangers.push(format!("{command:?}: {found:?}\n{}{}", output.out, output.err));
            }
        }
    };
    for (command, _) in COMMANDS.iter().filter(|(command, _)| !OF_NOBODY.contains(&command[0])) {
        ask(command);
    }
    for pupil in ["1", "2", "3", "4", "5", "6", "7", "smith jo", "nobody"] {
        for command in [
            &["who", pupil][..],
            &["out", pupil, "errand"],
            &["out", pupil, "errand"],
            &["back", pupil],
            &["late", pupil, "--reason", "bus"],
            &["late", pupil],
            &["late", pupil, "--counts-as", "/", "--reason", "bus"],
            &["late-step", pupil, "met"],
            &["late-step", pupil, "met"],
            &["late-step", pupil, "accepted"],
            &["late-step", pupil, "sanctioned"],
            &["who", pupil],
            &["lates"],
            &["fire"],
            &["undo"],
            &["undo"],
        ] {
            ask(command);
        }
        // The office amends what the gate has logged, and the gate would take it back.
        ask(&["late", pupil, "--reason", "bus"]);
        desk.run(&["mark", pupil, "I", "--reason", "migraine"]);
        ask(&["undo"]);
        ask(&["late", pupil]);
        ask(&["fire"]);
    }
    assert!(strangers.is_empty(), "{}", strangers.join("\n"));
    for answered in [
        "is already in: logged",
        "is out already",
        "was changed since: ask the office",
        "as the office has it at 09:20: send to office",
        "met already",
        "\"state\":\"not accepted\"",
        "undone",
    ] {
        assert!(all.contains(answered), "the gate was never answered {answered}");
    }
}

#[test]
fn a_word_that_is_the_office_s_is_found() {
    for output in [
        "Khan, Amira: E",
        "flags CP",
        "next: give 30 min detention",
        "M, orthodontist",
        "is on the watch list: truancy",
    ] {
        assert!(!strange(output).is_empty(), "{output}");
    }
    assert_eq!(strange("Smith, Jo 8KM: L 17 min at 08:57, bus"), BTreeSet::new());
}
