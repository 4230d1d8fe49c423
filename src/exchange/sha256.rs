//! SHA-256 of what is read or written piece by piece, as `sha256sum` prints it.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// SHA-256 of the bytes so far.
#[derive(Clone, Default)]
pub struct Sum(Sha256);

impl Sum {
    /// Take the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// It in 64 hexadecimal digits.
    pub fn hex(self) -> String {
        let mut hex = String::new();
        for byte in self.0.finalize() {
            let (Ok(()) | Err(_)) = write!(hex, "{byte:02x}");
        }
        hex
    }
}
