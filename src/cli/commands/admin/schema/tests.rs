//! The published shapes come from the structs of the answers and match the printed file.

use std::collections::BTreeSet;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::json;

use super::*;
use crate::cli::commands::act::ageing::*;
use crate::cli::commands::act::case::line::*;
use crate::cli::commands::act::case::list::*;
use crate::cli::commands::act::cpoms::*;
use crate::cli::commands::act::letter::rows::*;
use crate::cli::commands::act::numbers::*;
use crate::cli::commands::act::watch::*;
use crate::cli::commands::admin::keys::*;
use crate::cli::commands::admin::retention::*;
use crate::cli::commands::admin::settings::*;
use crate::cli::commands::file::feed::facts::*;
use crate::cli::commands::file::handback::facts::*;
use crate::cli::commands::file::import::report::*;
use crate::cli::commands::file::imports::*;
use crate::cli::commands::file::inbox::*;
use crate::cli::commands::file::leavers::*;
use crate::cli::commands::file::profile::guide::{PointFacts, TaughtFacts};
use crate::cli::commands::file::profile::*;
use crate::cli::commands::file::quarantine::*;
use crate::cli::commands::file::refused::*;
use crate::cli::commands::file::reports::due::*;
use crate::cli::commands::file::reports::*;
use crate::cli::commands::read::amendments::*;
use crate::cli::commands::read::arrangements::*;
use crate::cli::commands::read::board::*;
use crate::cli::commands::read::card::*;
use crate::cli::commands::read::casework::impact::*;
use crate::cli::commands::read::casework::triggers::*;
use crate::cli::commands::read::casework::visits::*;
use crate::cli::commands::read::checks::*;
use crate::cli::commands::read::corrections::*;
use crate::cli::commands::read::desks::*;
use crate::cli::commands::read::disclosures::*;
use crate::cli::commands::read::figures::*;
use crate::cli::commands::read::fire::*;
use crate::cli::commands::read::handover::*;
use crate::cli::commands::read::history::*;
use crate::cli::commands::read::lates::*;
use crate::cli::commands::read::list::*;
use crate::cli::commands::read::off_site::*;
use crate::cli::commands::read::searches::*;
use crate::cli::commands::read::staff::*;
use crate::cli::commands::read::tape::*;
use crate::cli::commands::read::unexplained::*;
use crate::cli::commands::read::unmarked::*;
use crate::cli::commands::read::who::*;
use crate::cli::commands::read::year::*;
use crate::cli::desk::act::{DoneFacts, RefusedFacts};
use crate::cli::desk::answer::Answer;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/answers.schema.json");

/// The shape of one answer.
type Shape = fn(&mut SchemaGenerator) -> Schema;

fn shape<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

fn rows<R: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<Answer<R>>()
}

const DONE: Shape = shape::<DoneFacts<'static>>;

/// What each command answers, where it is not refused: some open a screen then.
const ANSWERED: &[(&str, &[Shape])] = &[
    ("ageing", &[rows::<AgeingFacts>, DONE]),
    ("amendments", &[rows::<AmendmentFacts>]),
    ("archive", &[DONE]),
    ("arrange", &[DONE]),
    ("arrangements", &[rows::<ArrangementFacts>]),
    ("back", &[DONE]),
    ("backup", &[DONE]),
    ("bar", &[DONE]),
    ("board", &[rows::<BoardFacts>]),
    ("call", &[DONE]),
    ("case", &[rows::<CaseFacts>, rows::<CaseFileFacts>, DONE]),
    ("chase", &[DONE]),
    ("check", &[DONE]),
    ("checks", &[rows::<CheckFacts>]),
    ("chronology", &[rows::<LineFacts>]),
    ("confirm", &[DONE]),
    ("correct", &[DONE]),
    ("corrections", &[rows::<CorrectionFacts>]),
    ("cover", &[DONE]),
    ("cpoms", &[rows::<CpomsFacts>, DONE]),
    ("demo", &[]),
    ("desks", &[rows::<DeskFacts>]),
    ("disclosures", &[rows::<DisclosureFacts>]),
    ("export", &[DONE]),
    ("feed", &[shape::<FeedFacts>]),
    ("figures", &[rows::<FigureRowFacts>]),
    ("fire", &[rows::<FireFacts>, DONE]),
    ("gate", &[]),
    ("handback", &[rows::<HandbackShownFacts>, rows::<HandbackFacts>, rows::<ToHandBackFacts>, DONE]),
    ("handover", &[rows::<HandOverFacts>]),
    ("history", &[rows::<ChangeFacts>]),
    ("import", &[shape::<Report>]),
    ("impact", &[rows::<ImpactFacts>, rows::<PooledImpactFacts>]),
    ("imports", &[rows::<ImportFacts>, rows::<ImportShownFacts>]),
    ("inbox", &[rows::<InboxFacts>, DONE]),
    ("init", &[DONE]),
    ("keys", &[rows::<KeyFacts>]),
    ("late", &[DONE]),
    ("late-step", &[DONE]),
    ("letter", &[rows::<TemplateFacts>, rows::<SuggestionFacts>, rows::<LetterFacts>, DONE]),
    ("lates", &[rows::<LateFacts>]),
    ("leavers", &[rows::<LeaverFacts>, DONE]),
    ("list", &[rows::<ListedFacts>]),
    ("mark", &[DONE]),
    ("numbers", &[rows::<NumberFacts>]),
    ("off-site", &[rows::<OffSiteFacts>]),
    ("out", &[DONE]),
    ("pack", &[DONE]),
    ("pin", &[DONE]),
    ("profile", &[rows::<ProfileFacts>, rows::<PointFacts>, rows::<TaughtFacts>]),
    ("quarantine", &[rows::<QuarantineFacts>, rows::<MeaningFacts>, DONE]),
    ("redo", &[DONE]),
    ("refused", &[rows::<RefusedFileFacts>, DONE]),
    ("register", &[DONE]),
    ("report", &[rows::<ReportFacts>, rows::<ReportDueFacts>, DONE]),
    ("report-absence", &[DONE]),
    ("restore", &[DONE]),
    ("retention", &[rows::<RetentionFacts>, DONE]),
    ("search", &[DONE]),
    ("searches", &[rows::<SearchFacts>]),
    ("settings", &[rows::<SettingsFacts>, DONE]),
    ("snooze", &[DONE]),
    ("sql", &[rows::<Vec<Option<String>>>]),
    ("staff", &[rows::<StaffFacts>]),
    ("step", &[DONE]),
    ("sweep", &[DONE]),
    ("tape", &[rows::<ActFacts>]),
    ("triggers", &[rows::<TriggerFacts>]),
    ("undo", &[DONE]),
    ("unexplained", &[rows::<UnexplainedFacts>]),
    ("unmarked", &[rows::<RegisterFacts>]),
    ("visits", &[rows::<VisitFacts>]),
    ("watch", &[rows::<WatchedFacts>, rows::<RuledFacts>, DONE]),
    ("who", &[rows::<Card>, rows::<BriefFacts>]),
    ("year", &[rows::<YearFacts>]),
];

/// Commands that never answer in JSON: nobody is refused them, and they print text for something else.
const TEXT: [&str; 5] = ["completions", "help", "man", "schema", "template"];

/// The document that `schema` prints, a shape a line.
fn document() -> String {
    // What a field is where settings leave it out says nothing of an answer.
    let no_defaults = RecursiveTransform(|schema: &mut Schema| drop(schema.remove("default")));
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(no_defaults);
    let mut generator = settings.into_generator();
    let refused = shape::<RefusedFacts<'static>>(&mut generator);
    let mut properties = Map::new();
    for (command, shapes) in ANSWERED {
        let mut answers: Vec<Schema> = shapes.iter().map(|shape| shape(&mut generator)).collect();
        answers.push(refused.clone());
        properties.insert((*command).to_owned(), json!({ "anyOf": answers }));
    }
    let dialect = json!(generator.settings().meta_schema);
    let about = json!("Each property is what the command of that name answers with --json: one object on one line");
    let part = |name: &str, shapes: Map<String, Value>| {
        let lines: Vec<String> = shapes.iter().map(|(name, shape)| format!("{}: {shape}", json!(name))).collect();
        format!("\"{name}\": {{\n{}\n}}", lines.join(",\n"))
    };
    let parts = [
        format!("\"$schema\": {dialect}"),
        format!("\"description\": {about}"),
        part("properties", properties),
        part("$defs", generator.take_definitions(true)),
    ];
    format!("{{\n{}\n}}\n", parts.join(",\n"))
}

#[test]
fn the_printed_shapes_are_those_of_the_answers() {
    let made = document();
    if made != ANSWERS {
        // What is committed is compared, and made anew only by whoever can look at it.
        if std::env::var_os("CI").is_none() {
            std::fs::write(FILE, made).unwrap();
        }
        panic!(
            "{FILE} was not the shape of the answers. Outside CI it has been made anew: look at the diff, and run this again"
        );
    }
}

#[test]
fn every_command_has_a_shape_or_never_answers_in_json() {
    use clap::CommandFactory;
    let mut program = crate::cli::commands::args::Args::command();
    program.build();
    for command in program.get_subcommands().map(clap::Command::get_name) {
        let shaped = ANSWERED.iter().any(|(name, _)| *name == command);
        assert_ne!(shaped, TEXT.contains(&command), "{command}");
    }
}

#[test]
fn one_command_s_shape_has_all_it_needs_and_no_more() {
    let all = serde_json::from_str(ANSWERS).unwrap();
    for (command, _) in ANSWERED {
        let schema = of(command, &all).unwrap();
        let text = schema.to_string();
        let needed: BTreeSet<&str> =
            text.split("\"#/$defs/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let defined: BTreeSet<&str> = schema["$defs"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(needed, defined, "{command}");
    }
    let named = |command| of(command, &all).unwrap().to_string();
    assert!(named("who").contains("Card") && !named("fire").contains("Card"));
    assert_eq!(of("man", &all).unwrap_err().exit(), 2);
}
