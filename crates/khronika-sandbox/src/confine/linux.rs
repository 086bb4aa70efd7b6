//! Limits, Landlock and the filter of system calls, by interfaces without `unsafe`.

use std::collections::BTreeMap;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, RestrictionStatus, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _,
    RulesetError, RulesetStatus, Scope, path_beneath_rules,
};
use rustix::process::{Pid, Resource, Rlimit, getpid, prlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch, apply_filter, apply_filter_all_threads,
};

use super::{Allowance, EPERM};

/// Sets the limits of a process: of this one, or of a child of it.
pub(crate) fn rlimits(of: Option<u32>, allowance: Allowance) -> Result<(), String> {
    let pid = match of {
        Some(pid) => Some(i32::try_from(pid).ok().and_then(Pid::from_raw).ok_or("no such process")?),
        None => None,
    };
    let limit = |resource, soft, hard| {
        let limit = Rlimit { current: Some(soft), maximum: Some(hard) };
        // A limit that is lower already cannot be raised, and need not be.
        let kept = |lower: Rlimit| lower.maximum.is_some_and(|most| most <= hard);
        match prlimit(pid, resource, limit) {
            Err(_) if pid.is_none() && kept(rustix::process::getrlimit(resource)) => Ok(()),
            other => other.map(drop).map_err(|error| format!("a limit could not be set ({resource:?}): {error}")),
        }
    };
    limit(Resource::As, allowance.memory, allowance.memory)?;
    // The soft limit ends it with a signal that says why; the hard one would be SIGKILL.
    limit(Resource::Cpu, allowance.seconds, allowance.seconds + 1)?;
    limit(Resource::Fsize, allowance.file, allowance.file)?;
    limit(Resource::Core, 0, 0)?;
    if of.is_none() {
        limit(Resource::Nofile, 3, 3)?;
        limit(Resource::Nproc, 0, 0)?;
    }
    Ok(())
}

/// Denies this thread, and those that it starts, everything that Landlock knows of but reading what lies under some places.
fn restrict(readable: &[&str]) -> Result<RestrictionStatus, RulesetError> {
    let newest = ABI::V6;
    Ruleset::default()
        .handle_access(AccessFs::from_all(newest))?
        .handle_access(AccessNet::from_all(newest))?
        .scope(Scope::from_all(newest))?
        .create()?
        .add_rules(path_beneath_rules(readable, AccessFs::from_read(newest)))?
        .restrict_self()
}

/// Denies this thread, and those that it starts, everything that Landlock knows of.
pub(crate) fn landlock() -> Result<(), String> {
    match restrict(&[]) {
        Ok(status) if status.ruleset == RulesetStatus::NotEnforced => Err("this kernel has no Landlock".to_owned()),
        Ok(_) => Ok(()),
        Err(error) => Err(format!("Landlock: {error}")),
    }
}

/// The mark of the calls of the x32 ABI.
const X32: libc::c_long = 0x4000_0000;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// What a parser needs.
const ALLOWED: [libc::c_long; 25] = [
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_gettimeofday,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_nanosleep,
    libc::SYS_restart_syscall,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    libc::SYS_sigaltstack,
    libc::SYS_uname,
];

/// What nothing but an attacker asks for: the process ends at once.
const DEADLY: [libc::c_long; 22] = [
    libc::SYS_accept4,
    libc::SYS_add_key,
    libc::SYS_bind,
    libc::SYS_bpf,
    libc::SYS_connect,
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_init_module,
    libc::SYS_io_uring_setup,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_listen,
    libc::SYS_mount,
    libc::SYS_pivot_root,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_request_key,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
    libc::SYS_perf_event_open,
];

/// What an outside command need not do: everything about other machines and other processes, and whatever changes files.
const BARRED: [libc::c_long; 36] = [
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_add_key,
    libc::SYS_bind,
    libc::SYS_bpf,
    libc::SYS_connect,
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_io_uring_setup,
    libc::SYS_keyctl,
    libc::SYS_kill,
    libc::SYS_linkat,
    libc::SYS_listen,
    libc::SYS_mkdirat,
    libc::SYS_mknodat,
    libc::SYS_mount,
    libc::SYS_openat2,
    libc::SYS_perf_event_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_open,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_renameat2,
    libc::SYS_request_key,
    libc::SYS_setns,
    libc::SYS_setxattr,
    libc::SYS_socket,
    libc::SYS_symlinkat,
    libc::SYS_tkill,
    libc::SYS_truncate,
    libc::SYS_unlinkat,
    libc::SYS_unshare,
    libc::SYS_utimensat,
];

/// The older forms of the same, on processors that have them.
#[cfg(target_arch = "x86_64")]
const BARRED_HERE: [libc::c_long; 12] = [
    libc::SYS_chmod,
    libc::SYS_chown,
    libc::SYS_creat,
    libc::SYS_lchown,
    libc::SYS_link,
    libc::SYS_mkdir,
    libc::SYS_mknod,
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_rmdir,
    libc::SYS_symlink,
    libc::SYS_unlink,
];
#[cfg(not(target_arch = "x86_64"))]
const BARRED_HERE: [libc::c_long; 0] = [];

/// The calls that open files, and which of their arguments says how.
#[cfg(target_arch = "x86_64")]
const OPENING: [(libc::c_long, u8); 2] = [(libc::SYS_openat, 2), (libc::SYS_open, 1)];
#[cfg(not(target_arch = "x86_64"))]
const OPENING: [(libc::c_long, u8); 1] = [(libc::SYS_openat, 2)];

/// Where programs and what they need lie: the rest of the files is none of a command's business.
const SYSTEM: [&str; 8] = ["/usr", "/lib", "/lib64", "/bin", "/etc", "/opt", "/proc/self", "/dev/null"];

/// A rule that holds where an argument is as it is said.
fn when(argument: u8, how: SeccompCmpOp, value: u64) -> Result<SeccompRule, seccompiler::BackendError> {
    SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, how, value)?])
}

fn all_of(calls: &[libc::c_long]) -> Rules {
    calls.iter().map(|call| (*call, Vec::new())).collect()
}

fn program(rules: Rules, others: SeccompAction, these: SeccompAction) -> Result<BpfProgram, seccompiler::BackendError> {
    let arch = TargetArch::try_from(std::env::consts::ARCH)?;
    SeccompFilter::new(rules, others, these, arch)?.try_into()
}

/// The rules that look at arguments: descriptors other than the first three are of no use, and no memory becomes code.
fn allowed() -> Result<Rules, seccompiler::BackendError> {
    let mut rules = all_of(&ALLOWED);
    let eq = |value: u64| when(0, SeccompCmpOp::Eq, value);
    let executable = u64::from(libc::PROT_EXEC.unsigned_abs());
    let plain = || when(2, SeccompCmpOp::MaskedEq(executable), 0);
    rules.insert(libc::SYS_read, vec![eq(0)?]);
    rules.insert(libc::SYS_lseek, vec![eq(0)?]);
    rules.insert(libc::SYS_write, vec![eq(1)?, eq(2)?]);
    rules.insert(libc::SYS_writev, vec![eq(1)?, eq(2)?]);
    rules.insert(libc::SYS_mmap, vec![plain()?]);
    rules.insert(libc::SYS_mprotect, vec![plain()?]);
    // Aborting is a signal to oneself.
    let own = u64::from(getpid().as_raw_nonzero().get().unsigned_abs());
    rules.insert(libc::SYS_tgkill, vec![eq(own)?]);
    Ok(rules)
}

/// Filters the system calls of every thread of this process.
pub(crate) fn filter() -> Result<(), String> {
    let fail = |error: &dyn std::fmt::Display| format!("the filter of system calls could not be set: {error}");
    let denied = SeccompAction::Errno(EPERM.unsigned_abs());
    let deadly = program(all_of(&DEADLY), SeccompAction::Allow, SeccompAction::KillProcess).map_err(|e| fail(&e))?;
    let allowed =
        allowed().and_then(|rules| program(rules, denied, SeccompAction::Allow)).map_err(|error| fail(&error))?;
    // The one that denies the call that sets filters comes last. Of two verdicts the harder one holds.
    apply_filter_all_threads(&deadly).map_err(|error| fail(&error))?;
    apply_filter_all_threads(&allowed).map_err(|error| fail(&error))
}

/// The rules that keep a command from other machines, other processes, and from changing files.
fn barred() -> Result<Rules, seccompiler::BackendError> {
    let mut rules = all_of(&BARRED);
    rules.extend(all_of(&BARRED_HERE));
    for (call, argument) in OPENING {
        let how = |flag: i32| {
            let flag = u64::from(flag.unsigned_abs());
            when(argument, SeccompCmpOp::MaskedEq(flag), flag)
        };
        rules.insert(call, vec![how(libc::O_WRONLY)?, how(libc::O_RDWR)?, how(libc::O_CREAT)?]);
    }
    // Some kernels know each call by a second number, too.
    let again: Vec<_> = rules.iter().map(|(call, rules)| (call | X32, rules.clone())).collect();
    rules.extend(again);
    Ok(rules)
}

/// Keeps this thread, and what it starts, from other machines and processes, and from changing files.
pub(crate) fn filter_command() -> Result<(), String> {
    let denied = SeccompAction::Errno(EPERM.unsigned_abs());
    barred()
        .and_then(|barred| program(barred, SeccompAction::Allow, denied))
        .map_err(|error| error.to_string())
        .and_then(|barred| apply_filter(&barred).map_err(|error| error.to_string()))
        .map_err(|error| format!("the filter of system calls could not be set: {error}"))
}

/// Keeps this thread, and what it starts, from all files but those of the system, where the kernel has Landlock.
pub(crate) fn landlock_command() -> Result<(), String> {
    restrict(&SYSTEM).map(drop).map_err(|error| format!("Landlock: {error}"))
}
