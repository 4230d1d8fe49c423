//! Whether a place is on a network share: other computers have its locks too.

use std::path::Path;

/// NFS, SMB2, CIFS, FUSE, 9p.
const SHARES: [u64; 5] = [0x6969, 0xFE53_4D42, 0xFF53_4D42, 0x6573_5546, 0x0102_1997];

/// Whether the file system that `path` is on is one of other computers too, as far as the system says.
pub fn is_on_a_share(path: &Path) -> bool {
    rustix::fs::statfs(path).is_ok_and(|found| u64::try_from(found.f_type).is_ok_and(|kind| SHARES.contains(&kind)))
}
