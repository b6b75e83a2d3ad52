import NIOCore
import Testing

@testable import AccordServer

/// Addresses and networks as texts, and whom a chain of proxies speaks for.
struct ClientAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
        ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:c000:201", "192.0.2.1"), ("::", "0:0:0:0:0:0:0:0"),
        ("::1", "0:0:0:0:0:0:0:1"), ("1::", "1:0:0:0:0:0:0:0"),
        ("2001:db8::8:800:200c:417a", "2001:db8:0:0:8:800:200c:417a"),
        ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("64:ff9b::192.0.2.33", "64:ff9b:0:0:0:0:c000:221"),
        ("fe80::1%eth0", "fe80:0:0:0:0:0:0:1"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("", nil), ("1.2.3", nil), ("1.2.3.4.5", nil), ("1.2.3.256", nil), ("1.2.3.-4", nil), ("1.2.3.4 ", nil),
        ("1.2.3.0004", nil), ("1.2.3.+4", nil), (":", nil), (":::", nil), ("1::2::3", nil), ("1:2:3:4:5:6:7", nil),
        ("1:2:3:4:5:6:7:8:9", nil), ("1:2:3:4:5:6:7::8", nil), ("12345::", nil), ("g::", nil), ("+1::", nil),
        ("1:", nil),
        (":1", nil), ("1.2.3.4::", nil), ("::1.2.3", nil), ("unknown", nil), ("[::1]", nil),
    ])
    func `an address is read, or is none`(_ text: String, _ expected: String?) {
        #expect(IPAddress(text)?.description == expected)
    }

    @Test(arguments: ["192.0.2.1", "255.0.0.255", "::1", "::ffff:192.0.2.1", "2001:db8::8:800:200c:417a"])
    func `a socket has the address that its text says`(_ text: String) throws {
        let address = try #require(IPAddress(try SocketAddress(ipAddress: text, port: 80)))
        #expect(address == IPAddress(text))
    }

    @Test func `a Unix domain socket has none`() throws {
        #expect(IPAddress(try SocketAddress(unixDomainSocketPath: "/run/accord")) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.1.2.3", "10.1.2.3", true),
        ("10.1.2.3", "10.1.2.4", false), ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false),
        ("::/0", "203.0.113.9", true), ("::/0", "2001:db8::1", true), ("2001:db8::/32", "2001:db8:ffff::1", true),
        ("2001:db8::/32", "2001:db9::1", false), ("10.0.0.0/8", "::ffff:10.0.0.1", true),
        ("10.1.2.3/32", "10.1.2.3", true),
        ("::1/128", "::1", true),
    ])
    func `a network has its addresses`(_ network: String, _ address: String, _ expected: Bool) throws {
        #expect(try #require(IPNetwork(network)).contains(try #require(IPAddress(address))) == expected)
    }

    @Test(arguments: [
        "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8", "::1/129", "10.0.0.0/8/8", "proxy",
    ])
    func `what is no network is none`(_ text: String) {
        #expect(IPNetwork(text) == nil)
    }

    @Test(arguments: [
        ([], "10.0.0.1"), (["203.0.113.9"], "203.0.113.9"), (["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
        (["198.51.100.1, 203.0.113.9, 10.0.0.2"], "203.0.113.9"),
        (["198.51.100.1", "203.0.113.9", "10.0.0.2"], "203.0.113.9"),
        (["10.0.0.3, 10.0.0.2"], "10.0.0.3"), (["203.0.113.9:4711"], "203.0.113.9"),
        (["[2001:db8::1]:4711"], "2001:db8:0:0:0:0:0:1"),
        (["2001:db8::1"], "2001:db8:0:0:0:0:0:1"), (["203.0.113.9, unknown"], "10.0.0.1"),
        (["203.0.113.9, unknown, 10.0.0.2"], "10.0.0.2"), ([""], "10.0.0.1"), (["_hidden"], "10.0.0.1"),
    ])
    func `the nearest proxy that is not trusted is believed no further`(_ values: [String], _ expected: String) throws {
        let addresses = ClientAddress(trustedProxies: [try #require(IPNetwork("10.0.0.0/8"))])
        let peer = try #require(IPAddress("10.0.0.1"))
        #expect(addresses.address(forwardedFor: values, by: peer).description == expected)
    }
}
