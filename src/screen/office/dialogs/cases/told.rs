//! Sentences about a case that the caseload and the case say alike.

use crate::domain::cases::case::Case;
use crate::domain::name::clean;

/// "Panel since 3 Nov, S Marsh sees to it; opened 24 Nov from a trigger (persistent) by S Marsh: below 90 %".
pub fn opened(case: &Case) -> String {
    let of = match case.opening.of.as_str() {
        "" => String::new(),
        of => format!(" ({of})"),
    };
    let (since, on) = (case.stage_since.format("%-d %b %Y"), case.opened.format("%-d %b %Y"));
    let (source, by, why) = (case.opening.source.describe(), &case.opened_by, &case.opening.why);
    let (stage, owner) = (&case.stage, &case.owner);
    clean(&format!("{stage} since {since}, {owner} sees to it; opened {on} from {source}{of} by {by}: {why}"))
}
