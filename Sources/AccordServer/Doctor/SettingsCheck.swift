/// Whether the settings are there, well-formed, and spelled as they are called.
struct SettingsCheck {
    let settings: DoctorSettings
    /// The names that are set, in the environment, the environment file and by flags.
    let names: [String]

    func run() -> CheckResult {
        let strangers = SettingNames.strangers(among: names)
        var findings = strangers.map { stranger in
            Finding(
                .settings,
                "\(stranger.name) is set, but it is no setting of Accord."
                    + (stranger.meant.map { " \($0) is meant, probably." } ?? ""),
                why: "It is ignored, and the default applies to what it was meant to say.",
                remedy: stranger.meant.map { "Rename \(stranger.name) to \($0)." }
                    ?? "Remove \(stranger.name), or see docs/configuration.md for its name.")
        }
        for problem in settings.problems {
            let name = problem.prefixMatch(of: #/(?:Set )?((?:ACCORD|AWS|S3)_[A-Z0-9_]+)/#).map { String($0.1) }
            // What is spelled wrongly is missing under its right name: one finding is enough.
            if let name, problem.contains(" missing"), strangers.contains(where: { $0.meant == name }) { continue }
            findings.append(
                Finding(
                    .settings, problem, why: "The server does not start with it.",
                    remedy: name.map(remedy) ?? "Correct AWS_ENDPOINT_URL, S3_PUBLIC_URL or AWS_BUCKET_NAME."))
        }
        return CheckResult(.settings, findings, passed: "\(Set(names).intersection(SettingNames.all).count) are set")
    }

    /// What to set, with an example where one says more.
    private func remedy(_ name: String) -> String {
        switch name {
        case "ACCORD_DATABASE_URL", "ACCORD_ORGS_DATABASE_URL":
            "Set \(name)=postgresql://USER:PASSWORD@HOST:5432/DATABASE."
        case "ACCORD_JWKS_URL", "ACCORD_JWKS_FILE":
            "Set ACCORD_JWKS_URL=https://api.workos.com/sso/jwks/CLIENT_ID, or ACCORD_JWKS_FILE."
        case "ACCORD_STORAGE_SECRET": "Set ACCORD_STORAGE_SECRET to what openssl rand -hex 32 prints."
        case "ACCORD_TLS_CERTIFICATE", "ACCORD_TLS_KEY":
            "Set ACCORD_TLS_CERTIFICATE and ACCORD_TLS_KEY to two PEM files that belong together."
        default: "Set \(name) as docs/configuration.md says."
        }
    }
}
