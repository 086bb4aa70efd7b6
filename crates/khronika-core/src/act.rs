//! The closed vocabularies of procedural acts: classes, types, effects and standings.
//!
//! The classes are the field's (see `data/vocabulary.toml` for their words and effects); the enums only give them one spelling.

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The spelling in data files and exports.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The value with this spelling.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

vocabulary! {
    /// What an act does. One act may have several classes: a judgment that annuls and remands has both.
    ActClass {
        /// Annuls, quashes, sets aside a decision.
        Annul = "ANNUL",
        /// Declares a decision null and void from the start.
        Void = "VOID",
        /// A body overturns its own decision.
        ReverseOwn = "REVERSE_OWN",
        /// Sends the case back to be decided anew.
        Remand = "REMAND",
        /// Upholds, affirms a decision.
        Uphold = "UPHOLD",
        /// Changes a decision in part.
        Vary = "VARY",
        /// Dismisses or refuses what was asked.
        Dismiss = "DISMISS",
        /// Declares inadmissible, strikes out, returns unread.
        Inadmissible = "INADMISSIBLE",
        /// Grants what was asked.
        Grant = "GRANT",
        /// Recognises a status, as of a refugee.
        Recognise = "RECOGNISE",
        /// Withdraws a status or permit.
        Revoke = "REVOKE",
        /// Excludes from refugee status.
        Exclude = "EXCLUDE",
        /// Suspends, stays, adjourns.
        Suspend = "SUSPEND",
        /// Lifts a measure, restores what was there.
        Lift = "LIFT",
        /// Orders a person to leave, expels, deports.
        OrderLeave = "ORDER_LEAVE",
        /// Forbids a person to leave.
        ForbidLeave = "FORBID_LEAVE",
        /// Refuses entry, bans return.
        RefuseEntry = "REFUSE_ENTRY",
        /// Grants, orders or carries out extradition.
        Extradite = "EXTRADITE",
        /// Arrests, detains, remands in custody.
        Detain = "DETAIN",
        /// Releases.
        Release = "RELEASE",
        /// Charges, indicts, opens a case.
        Charge = "CHARGE",
        /// Convicts, sentences.
        Convict = "CONVICT",
        /// Acquits, rehabilitates, pardons.
        Acquit = "ACQUIT",
        /// Discontinues.
        Drop = "DROP",
        /// Bans or dissolves an organisation.
        Ban = "BAN",
        /// Designates as extremist, terrorist, undesirable, foreign agent.
        Designate = "DESIGNATE",
        /// Appeals, challenges, contests.
        Appeal = "APPEAL",
        /// Finds a violation.
        FindViolation = "FIND_VIOLATION",
        /// Indicates or asks for an interim measure, calls upon.
        RequestMeasure = "REQUEST_MEASURE",
        /// Notifies, serves, hands over.
        Notify = "NOTIFY",
        /// Reserves, reads, delivers a judgment.
        Reserve = "RESERVE",
        /// A decision whose outcome the text does not give ("the judgment of 3 May").
        Decide = "DECIDE",
        /// A request, complaint or application is filed.
        File = "FILE",
    }
}

vocabulary! {
    /// What an act is, as a paper.
    ActType {
        /// A decision of whatever kind.
        Decision = "decision",
        /// A judgment of a court.
        Judgment = "judgment",
        /// An order, of a court or an authority.
        Order = "order",
        /// An appeal or other remedy.
        Appeal = "appeal",
        /// A request, complaint, application.
        Request = "request",
        /// A letter.
        Letter = "letter",
        /// A decree or other general act.
        Decree = "decree",
        /// A warrant, a notice that someone is sought.
        Warrant = "warrant",
        /// An opinion or views of a body that does not bind.
        Opinion = "opinion",
        /// Service, handing over.
        Service = "service",
        /// An arrest, a release: something done to a person.
        Measure = "measure",
        /// A hearing.
        Hearing = "hearing",
        /// The opening of a case, a charge.
        Charge = "charge",
        /// Anything else.
        Other = "other",
    }
}

vocabulary! {
    /// What an act does to an earlier one.
    EffectKind {
        /// The target is annulled.
        Annuls = "annuls",
        /// The target is void from the start.
        Voids = "voids",
        /// The target's proceeding goes to a body to be decided anew.
        Remands = "remands",
        /// The target stands.
        Upholds = "upholds",
        /// The target is changed.
        Varies = "varies",
        /// The target may not be carried out for now.
        Suspends = "suspends",
        /// The target, a measure, ends.
        Lifts = "lifts",
        /// The target is withdrawn by its author for the future.
        Revokes = "revokes",
        /// The target is replaced.
        Supersedes = "supersedes",
        /// The target is attacked.
        Appeals = "appeals",
        /// The target, a request or appeal, is refused.
        Dismisses = "dismisses",
        /// The target, a request or appeal, is granted.
        Grants = "grants",
        /// The target is carried out.
        Executes = "executes",
        /// The target is served.
        Notifies = "notifies",
        /// The target is spoken of; its status does not change.
        Concerns = "concerns",
    }
}

vocabulary! {
    /// How an act stands on a day.
    StandingStatus {
        /// In force.
        InForce = "in_force",
        /// Made, but not enforceable yet.
        NotYetEnforceable = "not_yet_enforceable",
        /// Suspended.
        Suspended = "suspended",
        /// Under appeal.
        UnderAppeal = "under_appeal",
        /// Annulled.
        Annulled = "annulled",
        /// Void from the start.
        Void = "void",
        /// Upheld.
        Upheld = "upheld",
        /// Final.
        Final = "final",
        /// In force as varied.
        Varied = "varied",
        /// Replaced by a later act.
        Superseded = "superseded",
        /// Withdrawn.
        Revoked = "revoked",
        /// Run out.
        Expired = "expired",
        /// Carried out.
        Executed = "executed",
        /// Not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// How a request stands: an appeal, a complaint, an application. It is no decision and is never "in force".
    RequestState {
        /// A text says that it awaits decision, or the decision on it was annulled.
        Pending = "pending",
        /// Granted.
        Granted = "granted",
        /// Dismissed, or declared inadmissible.
        Dismissed = "dismissed",
        /// Withdrawn.
        Withdrawn = "withdrawn",
        /// Nothing is told of what became of it.
        Unknown = "unknown",
    }
}
