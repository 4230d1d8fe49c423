//! A slow line: a relay that lets every byte wait, and counts.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread::{sleep, spawn};
use std::time::Duration;

use firstbell::clock::Ticks;

/// A relay, until the program ends.
pub struct Relay {
    pub port: u16,
    down: Arc<AtomicUsize>,
    up: Arc<AtomicUsize>,
}

impl Relay {
    /// From a port of its own (or any that is free: 0) to port `to` of this computer, each way taking `delay`.
    pub fn start(port: u16, to: u16, delay: Duration) -> Relay {
        let ears = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let relay = Relay { port: ears.local_addr().unwrap().port(), down: Arc::default(), up: Arc::default() };
        let (down, up) = (Arc::clone(&relay.down), Arc::clone(&relay.up));
        spawn(move || {
            for near in ears.incoming().map_while(Result::ok) {
                let Ok(far) = TcpStream::connect(("127.0.0.1", to)) else { return };
                // Else the kernel holds small writes back, on top of the delay.
                let _ = near.set_nodelay(true).and(far.set_nodelay(true));
                let (Ok(near_too), Ok(far_too)) = (near.try_clone(), far.try_clone()) else { return };
                carry(far, near_too, delay, Arc::clone(&down));
                carry(near, far_too, delay, Arc::clone(&up));
            }
        });
        relay
    }

    /// Bytes that came from the host so far, SSH's own among them.
    pub fn down(&self) -> usize {
        self.down.load(Ordering::SeqCst)
    }

    /// Bytes that went to the host so far.
    pub fn up(&self) -> usize {
        self.up.load(Ordering::SeqCst)
    }
}

/// Carry what comes from one end to the other, each piece as late as it must be.
fn carry(mut from: TcpStream, mut to: TcpStream, delay: Duration, count: Arc<AtomicUsize>) {
    let (send, sent) = channel::<(Duration, Vec<u8>)>();
    let ticks = Ticks::start();
    spawn(move || {
        for (due, bytes) in sent {
            sleep(due.saturating_sub(ticks.read()));
            if to.write_all(&bytes).is_err() {
                break;
            }
            count.fetch_add(bytes.len(), Ordering::SeqCst);
        }
        let _ = to.shutdown(Shutdown::Both);
    });
    spawn(move || {
        let mut buffer = [0; 16 << 10];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            if send.send((ticks.read() + delay, buffer[..read].to_vec())).is_err() {
                break;
            }
        }
    });
}
