//! `case referral`: the request for a penalty notice, out of the record, with what is missing at its head.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::cli::desk::showing::{Numbers, Private};
use crate::cli::desk::writing::{answered, open};
use crate::cli::parse::{date, word};
use crate::domain::act::Refusal;
use crate::domain::calendar::Calendar;
use crate::domain::cases::chronology::MarkHeld;
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::readiness::parents;
use crate::domain::cases::referral::{ReferralReason, Request, missing, papers};
use crate::domain::code::{Code, Statistic};
use crate::domain::figures::Figures;
use crate::domain::figures::question::{Question, Whom};
use crate::domain::people::contact::Contact;
use crate::domain::people::details::Address;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::authority;
use crate::domain::triggers::{TriggerKind, distances, triggers};
use crate::domain::year::previous_year;
use crate::report::pack::referral::{ParentSheet, Referral};

/// Whom it is about, and what it rests on.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name, name and tutor group, or admission number
    #[arg(required = true)]
    name: Vec<String>,
    /// holiday, condoned, delayed-return or late
    #[arg(long, value_parser = word::<ReferralReason>)]
    reason: ReferralReason,
    /// The first day of the sessions it rests on; left out, those that met the threshold
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "until")]
    from: Option<NaiveDate>,
    /// The last day of them
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "from")]
    until: Option<NaiveDate>,
    #[command(flatten)]
    numbers: Numbers,
    /// The new file, which ends in .html, .txt, .csv or .xlsx; left out, the text is the answer
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Put it in the place of a file that is there already
    #[arg(long, requires = "out")]
    replace: bool,
}

impl Args {
    /// Whether it writes a file, and not its answer.
    pub fn reaches_files(&self) -> bool {
        self.out.is_some()
    }
}

/// Make the sheet.
pub fn run(desk: &mut Desk<'_>, args: &Args) -> Result<(), Failure> {
    let opened = args.out.as_deref().map(|to| open(to, args.replace)).transpose()?;
    if opened.is_none() && desk.json {
        return Err(Failure::Usage("a request is no JSON: name a file with --out, or leave --json out".to_owned()));
    }
    let id = desk.pupil_of_everybody(&args.name.join(" "))?;
    let (today, roll) = (desk.today(), desk.store.roll().clone());
    let Some(pupil) = roll.pupil(id).cloned() else { return desk.refuse(&Refusal::Unknown { what: "pupil" }) };
    let file = desk.store.case_files(Some(id))?.remove(&id).unwrap_or_default();
    let (sessions, mut lacking) = sessions(desk, id, args, &file)?;
    let authority = authority::on(&roll.school.authority, today);
    let contacts = roll.contacts(id);
    let parties = parents(contacts);
    let first = sessions.first().map_or(today, |mark| mark.at.date);
    let marks = desk.store.marks_of(id, &(first..=today))?;
    lacking.extend(missing(&Request {
        today,
        reason: args.reason,
        sessions: &sessions,
        marks: &marks,
        file: &file,
        parents: &parties,
        authority: &authority,
        calendar: &roll.calendar,
    }));
    let none = [("date of birth", pupil.date_of_birth.is_none()), ("address", pupil.address.is_none())];
    let none = none.into_iter().chain([("UPN", pupil.upn.is_none())]).filter(|(_, is_none)| *is_none);
    lacking.extend(none.map(|(what, _)| format!("no {what} is held")));
    let starts = Calendar::year_start(today);
    let this_year = figures(desk, id, starts, today)?;
    let last_year = figures(desk, id, previous_year(starts), starts.pred_opt().unwrap_or(starts))?;
    let line = |address: Option<&Address>| address.map(Address::in_a_line).unwrap_or_default();
    let since = Calendar::year_start(first)..=today;
    let sheet = |contact: &Contact| {
        let party = parties.iter().find(|party| party.contact == Some(contact.id))?;
        Some(ParentSheet {
            name: contact.name.clone(),
            relationship: contact.relationship.clone(),
            responsibility: contact.parental_responsibility,
            address: line(contact.address.as_deref()),
            phones: contact.phones.iter().map(|phone| phone.number.clone()).collect(),
            email: contact.email.clone().unwrap_or_default(),
            language: contact.language.clone().unwrap_or_default(),
            warned: if file.is_warned(party, &since) { "yes" } else { "no" }.to_owned(),
            notice: file.next_notice(party, today).describe(),
        })
    };
    let mut sheets: Vec<(i64, ParentSheet)> =
        contacts.iter().filter_map(|contact| Some((contact.order, sheet(contact)?))).collect();
    let mut born = pupil.date_of_birth.map(|born| born.format("%-d %B %Y").to_string()).unwrap_or_default();
    let mut address = line(pupil.address.as_deref());
    desk.exports("request for a penalty notice", Some(id))?;
    let own = [(Private::DateOfBirth, &mut born), (Private::Address, &mut address)];
    let of_parents = sheets.iter_mut().flat_map(|(place, sheet)| {
        let phones = sheet.phones.iter_mut().map(|phone| (Private::Number(*place), phone));
        phones.chain([(Private::AddressOf(*place), &mut sheet.address)])
    });
    let private = own.into_iter().chain(of_parents).filter(|(_, text)| !text.is_empty()).collect();
    desk.reveal(args.numbers, id, private)?;
    let checked = match file.details_checked(today) {
        Some(on) => on.format("%a %-d %b %Y").to_string(),
        None => "never".to_owned(),
    };
    let referral = Referral {
        papers: papers(&file, &sessions),
        figures: [("this", this_year), ("last", last_year)],
        parents: sheets.into_iter().map(|(_, sheet)| sheet).collect(),
        now: desk.local(),
        reason: args.reason,
        missing: lacking,
        roll,
        pupil,
        authority,
        sessions,
        born,
        address,
        checked,
    };
    answered(desk, &referral.report(), opened)
}

/// The sessions it rests on, and what the threshold lacks.
fn sessions(
    desk: &mut Desk<'_>,
    id: PupilId,
    args: &Args,
    file: &CaseFile,
) -> Result<(Vec<MarkHeld>, Vec<String>), Failure> {
    let (today, now) = (desk.today(), desk.now());
    let (mut met, mut lacking) = (Vec::new(), Vec::new());
    desk.store.trigger_records(today, now, Some(id), |_, record| {
        match triggers(record).into_iter().find(|one| one.kind == TriggerKind::Penalty) {
            Some(one) => {
                met = one.evidence.iter().map(|session| session.at).collect();
                lacking.extend(one.why_not.iter().flat_map(|why| why.split("; ")).map(str::to_owned));
            }
            None => {
                let distance = distances(record).into_iter().find(|(kind, _)| *kind == TriggerKind::Penalty);
                lacking.push(distance.map_or_else(|| "the threshold is not met".to_owned(), |(_, told)| told));
            }
        }
    })?;
    let codes = desk.store.roll().codes.clone();
    let marked = |dates| desk.store.marks_of(id, &dates);
    let Some((from, until)) = args.from.zip(args.until) else {
        let Some((first, last)) = met.first().zip(met.last()) else { return Ok((Vec::new(), lacking)) };
        let mut held = marked(first.date..=last.date)?;
        held.retain(|mark| met.contains(&mark.at));
        return Ok((held, lacking));
    };
    let locked = file.locked_sessions();
    let is_counted = |code: Code| codes.statistic(code) == Some(Statistic::Unauthorised);
    let mut held = marked(from..=until)?;
    held.retain(|mark| is_counted(mark.code) && !locked.contains(&mark.at));
    Ok((held, lacking))
}

fn figures(desk: &mut Desk<'_>, id: PupilId, first: NaiveDate, last: NaiveDate) -> Result<Figures, Failure> {
    let whom = Whom { pupil: Some(id), ..Whom::default() };
    let (now, dates) = (desk.now(), first..last.succ_opt().unwrap_or(last));
    Ok(desk.store.figures(&Question { dates, whom, as_of: None }, now)?.of(id))
}
