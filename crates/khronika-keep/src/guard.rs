//! The memory of the process is nobody else's business.

/// From now on the process leaves no image of its memory when it crashes, and other processes of the same user cannot read it. To be
/// called before a case is opened. Where the system cannot do this, nothing happens: the return value says whether it could.
#[cfg(unix)]
pub fn guard_memory() -> bool {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let no_core = setrlimit(Resource::Core, none).is_ok();
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let hidden = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable).is_ok();
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let hidden = true;
    no_core && hidden
}

/// As on Unix; not done on this system.
#[cfg(not(unix))]
pub fn guard_memory() -> bool {
    false
}

/// Memory that was freed goes back to the system, where it would be held for what comes: a program that works on a large case now and then
/// is idle most of the time. It takes about as long as clearing so much memory.
pub fn give_back_memory() {
    crate::native::trim();
}
