//! The files behind one path: a folder, a zip, or a single file. Sizes are capped, so that no zip can fill the memory.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use super::office::{Office, office};
use crate::config::{open_file, plain};
use crate::exchange::fault::ReadFault;

/// How much will be held.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one file, unpacked.
    pub file: u64,
    /// Bytes of all files of a bundle, unpacked.
    pub all: u64,
}

impl Limits {
    /// A year of marks of a large school is 20 to 30 MB.
    pub const USUAL: Limits = Limits { file: 100_000_000, all: 200_000_000 };
}

enum Inside {
    Disk,
    Zip(Box<ZipArchive<File>>),
}

enum Spot {
    At(PathBuf),
    Entry(usize),
}

/// The files behind one path.
pub struct Bundle {
    place: String,
    inside: Inside,
    one_file: bool,
    files: Vec<(String, Spot)>,
    passed_over: Vec<String>,
    limits: Limits,
    left: u64,
}

const HAS_A_PASSWORD: &str = "has a password, and cannot be opened. If it is a SIMS report definition (.RptDef), it only says how a report is made: \
                              run the report in SIMS and import what that gives. If it is a zip, save it without the password";

/// How deep a folder inside an otherwise empty folder is looked for.
const NESTED: usize = 3;

/// How many times as large as it is packed a file may be; tables of marks come to about fifteen.
const UNPACKED_MAX: u64 = 100;
/// A file that is no larger unpacked is no bomb, however well it packs.
const SMALL: u64 = 5_000_000;

/// How the names of files end that are looked into, among others in a folder or a zip.
const ENDINGS: [&str; 9] = ["csv", "tsv", "txt", "xml", "json", "xlsx", "xlsm", "xls", "ods"];

/// More files than any export has.
const FILES_MAX: usize = 500;

impl Bundle {
    /// What lies at `path`.
    pub fn open(path: &Path, limits: Limits) -> Result<Bundle, ReadFault> {
        let place = path.display().to_string();
        let about = fs::metadata(path).map_err(|fault| match fault.kind() {
            io::ErrorKind::NotFound => ReadFault::Missing(path.to_owned()),
            _ => unreadable(&place, &fault),
        })?;
        let mut bundle = Bundle {
            place,
            inside: Inside::Disk,
            one_file: false,
            files: Vec::new(),
            passed_over: Vec::new(),
            limits,
            left: limits.all,
        };
        if about.is_dir() {
            bundle.add_folder(path, NESTED)?;
        } else if !about.is_file() {
            return Err(unreadable(&bundle.place, &io::Error::other("it is a device, not a file")));
        } else if let Some(zip) = zip_start(path).map_err(|fault| unreadable(&bundle.place, &fault))? {
            if zip.has_password {
                return Err(ReadFault::NotKnown { file: file_name(path), why: HAS_A_PASSWORD.to_owned() });
            }
            bundle.add_zip(path)?;
        } else {
            bundle.one_file = true;
            bundle.files.push((file_name(path), Spot::At(path.to_owned())));
        }
        bundle.files.sort_by(|a, b| a.0.cmp(&b.0));
        bundle.passed_over.sort();
        Ok(bundle)
    }

    /// The path as it was given.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Whether the path named a single file.
    pub fn is_one_file(&self) -> bool {
        self.one_file
    }

    /// Names of the tables in it, without folders, sorted.
    pub fn names(&self) -> Vec<String> {
        self.files.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The file of that name, in either case.
    pub fn find(&self, name: &str) -> Option<String> {
        self.files.iter().map(|(file, _)| file).find(|file| file.eq_ignore_ascii_case(name)).cloned()
    }

    /// Files that are no tables.
    pub fn passed_over(&self) -> impl Iterator<Item = &str> {
        self.passed_over.iter().map(String::as_str)
    }

    /// The bytes of one of its files.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, ReadFault> {
        let limit = self.limits.file.min(self.left);
        let mut bytes = Vec::new();
        let spot = self.files.iter().find(|(file, _)| file == name).map(|(_, spot)| spot);
        let outcome = match (spot, &mut self.inside) {
            (Some(Spot::At(path)), _) => open_file(path).and_then(|file| {
                bytes.reserve(usize::try_from(file.metadata()?.len().min(limit)).unwrap_or_default() + 1);
                file.take(limit + 1).read_to_end(&mut bytes)
            }),
            (Some(Spot::Entry(index)), Inside::Zip(archive)) => {
                let entry = archive.by_index(*index).map_err(|fault| unpacked(&self.place, &fault))?;
                let believed = entry.compressed_size().saturating_mul(UNPACKED_MAX).max(SMALL);
                let read = entry.take(limit.min(believed) + 1).read_to_end(&mut bytes);
                if believed < limit && bytes.len() as u64 > believed {
                    return Err(ReadFault::Bomb { file: name.to_owned(), limit: UNPACKED_MAX });
                }
                read
            }
            _ => Err(io::ErrorKind::NotFound.into()),
        };
        outcome.map_err(|fault| unreadable(name, &fault))?;
        if bytes.len() as u64 > limit {
            return Err(ReadFault::TooLarge { file: name.to_owned(), limit });
        }
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }

    /// The tables of a folder; or, if it only holds one other folder, as unpacked zips do, of that one.
    fn add_folder(&mut self, folder: &Path, depth: usize) -> Result<(), ReadFault> {
        let mut folders = Vec::new();
        let entries = fs::read_dir(folder).map_err(|fault| unreadable(&self.place, &fault))?;
        for entry in entries {
            let path = entry.map_err(|fault| unreadable(&self.place, &fault))?.path();
            let name = file_name(&path);
            if is_debris(&name) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                self.add(&name, Spot::At(path))?;
            }
        }
        match (folders.as_slice(), depth) {
            ([only], 1..) if self.files.is_empty() => self.add_folder(only, depth - 1),
            _ => Ok(()),
        }
    }

    fn add_zip(&mut self, path: &Path) -> Result<(), ReadFault> {
        let file = open_file(path).map_err(|fault| unreadable(&self.place, &fault))?;
        let archive = ZipArchive::new(file).map_err(|fault| unpacked(&self.place, &fault))?;
        match office(&archive) {
            Some(Office::Workbook | Office::OpenDocument) => {
                self.one_file = true;
                self.files.push((file_name(path), Spot::At(path.to_owned())));
                return Ok(());
            }
            Some(Office::Other(why)) => return Err(ReadFault::NotKnown { file: file_name(path), why: why.to_owned() }),
            None => {}
        }
        for index in 0..archive.len() {
            let Some(Ok(inner)) = archive.name_for_index(index) else { continue };
            let mut parts = inner.split(['/', '\\']).filter(|part| !part.is_empty());
            if inner.ends_with(['/', '\\']) || parts.clone().any(is_debris) {
                continue;
            }
            // Only the last part of a name is used, and only as a name: no path in a zip leads anywhere.
            if let Some(name) = parts.next_back() {
                self.add(name, Spot::Entry(index))?;
            }
        }
        self.inside = Inside::Zip(Box::new(archive));
        Ok(())
    }

    fn add(&mut self, name: &str, spot: Spot) -> Result<(), ReadFault> {
        let ends = |end: &str| Path::new(name).extension().is_some_and(|has| has.eq_ignore_ascii_case(end));
        if !ENDINGS.iter().any(|end| ends(end)) {
            self.passed_over.push(name.to_owned());
        } else if self.find(name).is_some() {
            return Err(ReadFault::Twice { place: self.place.clone(), file: name.to_owned() });
        } else {
            self.files.push((name.to_owned(), spot));
        }
        if self.files.len() + self.passed_over.len() > FILES_MAX {
            return Err(ReadFault::TooMany { place: self.place.clone(), limit: FILES_MAX });
        }
        Ok(())
    }
}

/// What other systems leave lying about in folders and zips.
fn is_debris(name: &str) -> bool {
    (name.starts_with('.') && name != "..") || name == "__MACOSX" || name.eq_ignore_ascii_case("thumbs.db")
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// What the start of a zip says.
struct ZipStart {
    /// Its first file is locked.
    has_password: bool,
}

/// The start of a zip; `None` of any other file.
fn zip_start(path: &Path) -> io::Result<Option<ZipStart>> {
    let mut start = Vec::new();
    open_file(path)?.take(8).read_to_end(&mut start)?;
    let flags = start.get(6).copied().unwrap_or_default();
    Ok(start.starts_with(b"PK\x03\x04").then_some(ZipStart { has_password: flags & 1 == 1 }))
}

fn unreadable(place: &str, fault: &io::Error) -> ReadFault {
    ReadFault::Unreadable { place: place.to_owned(), why: plain(fault) }
}

fn unpacked(file: &str, fault: &ZipError) -> ReadFault {
    ReadFault::Zip { file: file.to_owned(), why: fault.to_string() }
}
