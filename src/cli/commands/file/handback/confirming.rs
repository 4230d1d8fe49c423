//! Confirms a hand-back: by a person, or by the receipt that a program has completed.

use std::io::Read as _;
use std::path::Path;

use super::Rows;
use super::making::made_at;
use crate::cli::Failure;
use crate::cli::desk::Desk;
use crate::config::{open_file, plain};
use crate::domain::act::{Act, ConfirmHandback, Refusal};
use crate::domain::facts::handback::HandbackId;
use crate::exchange::handback::receipt;

/// More bytes than a receipt has.
const BYTES_MAX: u64 = 100_000;

/// Confirm rows of the hand-back `number`, or all of that which the receipt is of.
pub fn run(
    desk: &mut Desk<'_>,
    number: Option<HandbackId>,
    rows: Option<&Rows>,
    receipt: Option<&Path>,
) -> Result<(), Failure> {
    let rows = rows.map(|rows| rows.0.clone()).unwrap_or_default();
    let confirm = match (number, receipt) {
        (Some(number), _) => ConfirmHandback { number, rows, by: None },
        (None, Some(path)) => {
            let (number, by) = given_back(desk, path)?;
            ConfirmHandback { number, rows, by: Some(by) }
        }
        (None, None) => return desk.refuse(&Refusal::Unknown { what: "hand-back" }),
    };
    desk.perform(&Act::ConfirmHandback(confirm))
}

/// Of which hand-back a receipt is, and who has confirmed it.
fn given_back(desk: &mut Desk<'_>, path: &Path) -> Result<(HandbackId, String), Failure> {
    let usage = |why: String| Failure::Usage(format!("{}: {why}", path.display()));
    let mut text = String::new();
    let read = open_file(path).and_then(|file| file.take(BYTES_MAX).read_to_string(&mut text));
    read.map_err(|error| usage(plain(&error)))?;
    let number = receipt::number(&text).map_err(usage)?;
    let Some(handback) = desk.store.handback(number)? else {
        return desk.refuse(&Refusal::Unknown { what: "hand-back" });
    };
    let made = made_at(desk, &handback);
    let receipt = receipt::read(&text, &handback, &made).map_err(usage)?;
    Ok((receipt.number, receipt.by))
}
