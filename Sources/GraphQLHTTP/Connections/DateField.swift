import Glibc
import HTTPTypes
import Synchronization

/// The field `Date` of responses, made once a second.
///
/// RFC 9110 §5.6.7, §6.6.1
enum DateField {
    private static let last = Mutex((second: time_t(0), field: HTTPField(name: .date, value: "")))

    /// The field for a response that is made now.
    static var current: HTTPField {
        let second = time(nil)
        return last.withLock { last in
            if last.second != second { last = (second, HTTPField(name: .date, value: text(of: second))) }
            return last.field
        }
    }

    private static func text(of second: time_t) -> String {
        var second = second
        var parts = unsafe tm()
        unsafe gmtime_r(&second, &parts)
        return unsafe String(unsafeUninitializedCapacity: 32) { text in
            unsafe text.withMemoryRebound(to: CChar.self) {
                // Names of days and months are English, since the process keeps the locale "C".
                unsafe strftime($0.baseAddress, $0.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            }
        }
    }
}
