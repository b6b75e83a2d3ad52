/// When what requests leave for the audit log is written: `ACCORD_AUDIT`.
package enum AuditMode: String, CaseIterable, Sendable {
    /// Within a second after the answer, that of many requests together.
    case batched
    /// Before the answer, which is an error when it can't be written.
    case strict
}
