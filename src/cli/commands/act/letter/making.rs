//! Makes letters. They are listed and counted first; with that number they are kept in the record, one act each, and written.

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime};

use super::rows::LetterFacts;
use super::{suggesting, templates};
use crate::cli::Failure;
use crate::cli::commands::file::init::make_folder;
use crate::cli::desk::Desk;
use crate::cli::parse::{date, time};
use crate::config::{NewFile, NotMade};
use crate::domain::act::permission::check_record;
use crate::domain::act::{Act, MakeLetter, Refusal};
use crate::domain::cases::letters::drafted::{Asked, Drafted, MeetingAsked};
use crate::domain::cases::letters::least_for_letter;
use crate::domain::counted::counted;
use crate::domain::name::{clean, clean_lines};
use crate::domain::people::contact::ContactId;
use crate::domain::people::pupil::PupilId;
use crate::render::letters::{merge, page};
use crate::report::letter::merge::cells;
use crate::report::letter::{Sheet, text};
use crate::store::Fault;

/// Which letters.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The template
    template: String,
    /// Pupils: a name, name and tutor group, or admission number each
    #[arg(value_name = "PUPIL", required_unless_present = "suggested")]
    pupils: Vec<String>,
    /// Everybody for whom the rules suggest this letter
    #[arg(long, conflicts_with = "pupils")]
    suggested: bool,
    /// The first date of the figures; the school year's first school day if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<NaiveDate>,
    /// The last date of the figures; today if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    to: Option<NaiveDate>,
    /// The folder for the new files
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Make them: the number of letters that was listed
    #[arg(long, value_name = "NUMBER")]
    confirm: Option<usize>,
    /// One to this contact of the pupil's too, by the place in the calling order: a carer without parental responsibility
    #[arg(long, value_name = "PLACE")]
    also: Vec<usize>,
    /// Who signs, if not you: "J Hall, headteacher"
    #[arg(long, value_name = "NAME")]
    signed_by: Option<String>,
    /// A paragraph of its own
    #[arg(long, default_value = "")]
    words: String,
    /// By when an answer is asked for; five school days on if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    reply_by: Option<NaiveDate>,
    /// When the meeting is that it invites to
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "meeting_at", requires = "place")]
    meeting_on: Option<NaiveDate>,
    /// At which time that is
    #[arg(long, value_name = "HH:MM", value_parser = time, requires = "meeting_on")]
    meeting_at: Option<NaiveTime>,
    /// Where that is
    #[arg(long, requires = "meeting_on")]
    place: Option<String>,
}

/// List them; make them where that is confirmed.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let all = templates(desk)?;
    let Some(template) = all.named(&args.template, None) else {
        let text = format!("there is no letter “{}”: `firstbell letter` lists them", clean(&args.template));
        return desk.forbid(text);
    };
    let what = format!("the letter {}", template.name);
    let least = least_for_letter(&template.name);
    check_record(desk.officer.role, least, &what).or_else(|refusal| desk.refuse(&refusal))?;
    let pupils = pupils(desk, args)?;
    let asked = asked(desk, args, &pupils)?;
    let now = desk.now();
    let drafted = desk.store.letters_drafted((&all, template), &pupils, &asked, now)?;
    let count = drafted.iter().filter(|one| one.letter.is_some()).count();
    let by_hand = drafted.iter().filter(|one| one.letter.is_some() && one.by_hand).count();
    let not_made = drafted.len() - count;
    let heading = format!(
        "Letter {}: {}, {by_hand} of them to be handed over; {not_made} not made.",
        template.name,
        counted(count, "letter")
    );
    match args.confirm {
        None => {
            let roll = desk.store.roll().clone();
            let rows = drafted.iter().filter_map(|one| LetterFacts::of(one, &template.name, &roll)).collect();
            desk.answer(&heading, "There is nobody to write to.", rows)?;
            if count > 0 && !desk.json {
                desk.print(&format!("Nothing was made. To make them: --confirm {count}"))?;
            }
            Ok(())
        }
        Some(confirmed) if confirmed != count => {
            desk.forbid(format!("that is {} now, and not {confirmed}: nothing was made", counted(count, "letter")))
        }
        Some(_) if count == 0 => desk.forbid("there is no letter to be made".to_owned()),
        Some(_) => make(desk, args, drafted, &heading),
    }
}

fn pupils(desk: &mut Desk<'_>, args: &Args) -> Result<Vec<PupilId>, Failure> {
    let mut found = Vec::new();
    if args.suggested {
        let suggested = suggesting::suggested(desk, desk.today())?.into_iter();
        found.extend(suggested.filter(|one| one.against.is_none() && one.letter == args.template).map(|one| one.pupil));
    }
    for name in &args.pupils {
        let pupil = desk.pupil_of_everybody(name)?;
        if !found.contains(&pupil) {
            found.push(pupil);
        }
    }
    Ok(found)
}

fn asked(desk: &mut Desk<'_>, args: &Args, pupils: &[PupilId]) -> Result<Asked, Failure> {
    let (today, roll) = (desk.today(), desk.store.roll().clone());
    let to = args.to.unwrap_or(today);
    let usual = Asked::usual(desk.officer.signature(), &roll.calendar, today, to);
    let from = args.from.unwrap_or(usual.dates.0);
    if to < from || to > today {
        let text = format!("the figures are of days gone by: {from} to {to} are not in order, or still to come");
        return desk.refuse(&Refusal::Dates(text));
    }
    let also = match (args.also.as_slice(), pupils) {
        ([], _) => Vec::new(),
        (places, [pupil]) => {
            let contacts = roll.contacts(*pupil);
            let at = |place: &usize| place.checked_sub(1).and_then(|place| contacts.get(place)).map(|one| one.id);
            let found: Vec<ContactId> = places.iter().filter_map(at).collect();
            if found.len() < places.len() {
                let (name, held) = (roll.name_and_group(*pupil), counted(contacts.len(), "contact"));
                return desk.forbid(format!("{name} has {held}: --also names one by the place in the calling order"));
            }
            found
        }
        (_, _) => return Err(Failure::Usage("--also goes with one pupil".to_owned())),
    };
    let meeting = args.meeting_on.zip(args.meeting_at).zip(args.place.as_deref());
    Ok(Asked {
        dates: (from, to),
        reply_by: args.reply_by.unwrap_or(usual.reply_by),
        signed_by: args.signed_by.as_deref().map_or(usual.signed_by, clean),
        words: clean_lines(&args.words),
        meeting: meeting.map(|((on, at), place)| MeetingAsked { on, at, place: clean(place) }),
        also,
    })
}

/// The files of one run, begun before anything is put down.
struct Files {
    page: NewFile,
    text: NewFile,
    table: NewFile,
}

impl Files {
    fn begin(folder: &Path, name: &str) -> Result<Files, NotMade> {
        let at = |ending: &str| NewFile::begin(&folder.join(format!("{name}.{ending}")));
        Ok(Files { page: at("html")?, text: at("txt")?, table: at("csv")? })
    }
}

fn make(desk: &mut Desk<'_>, args: &Args, drafted: Vec<Drafted>, heading: &str) -> Result<(), Failure> {
    let name = format!("{}-{}", args.template, desk.local().format("%Y-%m-%d-%H%M"));
    make_folder(&args.out)?;
    let files = Files::begin(&args.out, &name).map_err(Fault::from)?;
    desk.exports(&format!("letters {}", args.template), None)?;
    let roll = desk.store.roll().clone();
    let (mut rows, mut sheets, mut table): (Vec<LetterFacts>, Vec<Sheet>, Vec<Vec<String>>) = Default::default();
    for one in drafted {
        let Some(mut row) = LetterFacts::of(&one, &args.template, &roll) else { continue };
        let pupil = one.pupil;
        if let Some((letter, paper)) = one.letter {
            let act = Act::MakeLetter(MakeLetter { pupil, letter: letter.clone(), paper: Box::new(paper.clone()) });
            let made = desk.store.perform(&desk.officer, desk.when(), &act);
            let act = desk.answered(made)?.act;
            let sheet = Sheet::of(act, &letter, &paper);
            table.extend(roll.pupil(pupil).map(|pupil| cells(&roll, pupil, &letter, &paper, &sheet)));
            sheets.push(sheet);
            row.letter = Some(act.0);
        }
        rows.push(row);
    }
    let mut merged = Vec::new();
    merge(&table, &mut merged)?;
    let merged = String::from_utf8_lossy(&merged).into_owned();
    let written = [(files.page, page(&sheets)?), (files.text, text(&sheets)), (files.table, merged)];
    for (file, text) in written {
        file.keep_text(&text).map_err(Fault::from)?;
    }
    desk.answer(&format!("{heading} They are in {}.", args.out.join(format!("{name}.html")).display()), "", rows)
}
