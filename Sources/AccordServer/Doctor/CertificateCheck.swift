import FoundationEssentials
import NIOSSL

/// Whether the server's certificate is valid, now and next week.
struct CertificateCheck {
    /// The PEM file; nil when a proxy encrypts.
    let path: String?

    private static let week = 7 * 86_400.0

    /// Blocks on the file.
    func run(at now: Date = Date()) -> CheckResult {
        guard let path else { return CheckResult(.certificate, .passed("none: a proxy encrypts, or nobody")) }
        guard let certificate = try? NIOSSLCertificate.fromPEMFile(path).first else {
            return CheckResult(.certificate, .notChecked(since: "ACCORD_TLS_CERTIFICATE can't be used"))
        }
        let (start, end) = (Double(certificate.notValidBefore), Double(certificate.notValidAfter))
        let day = "\(Date(timeIntervalSince1970: end).formatted(.iso8601))"
        let time = now.timeIntervalSince1970
        let problem: String? =
            if time < start {
                "is not valid yet"
            } else if time > end {
                "expired at \(day)"
            } else if time + Self.week > end {
                "expires at \(day)"
            } else {
                nil
            }
        let finding = problem.map {
            Finding(
                .certificate, "The certificate in \(path) \($0).", why: "Clients refuse to connect then.",
                remedy: "Renew the certificate in ACCORD_TLS_CERTIFICATE, and restart the server.")
        }
        return CheckResult(.certificate, [finding].compactMap(\.self), passed: "valid until \(day)")
    }
}
