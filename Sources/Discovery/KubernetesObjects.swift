import FoundationEssentials

/// What is read of an object of the Kubernetes API; everything else in it is passed over.
protocol KubernetesObject: Decodable, Sendable {
    /// Where its lists are, with the namespace in the place of the two parts, or without it.
    static func path(in namespace: String?) -> String

    var metadata: ObjectMetadata { get }

    /// As little of it as is needed; nil: nothing is.
    func reduced(_ portName: String) -> Self?
}

/// `metadata` of an object.
struct ObjectMetadata: Decodable, Sendable, Equatable {
    var name: String?
    var namespace: String?
    var resourceVersion: String?
    var labels: [String: String]?

    /// What tells it from others of its kind.
    var key: String { "\(namespace ?? "")/\(name ?? "")" }
}

/// A service: that it is there, and has been selected, is all that counts.
struct Service: KubernetesObject, Equatable {
    var metadata: ObjectMetadata

    static func path(in namespace: String?) -> String {
        "/api/v1" + (namespace.map { "/namespaces/\($0)" } ?? "") + "/services"
    }

    func reduced(_ portName: String) -> Service? {
        var service = self
        service.metadata.labels = nil
        return service
    }
}

/// A part of the endpoints of a service (`discovery.k8s.io/v1`).
struct EndpointSlice: KubernetesObject, Equatable {
    struct Endpoint: Decodable, Sendable, Equatable {
        var addresses: [String]?
        var conditions: Conditions?

        /// Nothing said means ready, says the API.
        var isReady: Bool { conditions?.ready ?? true }
    }

    struct Conditions: Decodable, Sendable, Equatable {
        var ready: Bool?
    }

    struct Port: Decodable, Sendable, Equatable {
        var name: String?
        var port: Int?
    }

    var metadata: ObjectMetadata
    var addressType: String?
    var endpoints: [Endpoint]?
    var ports: [Port]?

    static func path(in namespace: String?) -> String {
        "/apis/discovery.k8s.io/v1" + (namespace.map { "/namespaces/\($0)" } ?? "") + "/endpointslices"
    }

    private static let serviceName = "kubernetes.io/service-name"

    func reduced(_ portName: String) -> EndpointSlice? {
        var slice = self
        slice.ports = ports?.filter { ($0.name ?? "") == portName && $0.port != nil }
        guard let service = metadata.labels?[Self.serviceName], slice.ports?.isEmpty == false else { return nil }
        slice.metadata.labels = [Self.serviceName: service]
        slice.endpoints = endpoints?.filter(\.isReady)
        return slice
    }

    /// The key of the service that it belongs to.
    var service: String { "\(metadata.namespace ?? "")/\(metadata.labels?[Self.serviceName] ?? "")" }

    /// Where what is ready answers, of an endpoint its first address.
    var addresses: [String] {
        (ports ?? []).compactMap(\.port).flatMap { port in
            (endpoints ?? []).compactMap { endpoint in
                endpoint.addresses?.first.map { addressType == "IPv6" ? "[\($0)]:\(port)" : "\($0):\(port)" }
            }
        }
    }
}

/// A page of a list.
struct ObjectList<Object: KubernetesObject>: Decodable {
    struct Metadata: Decodable {
        var resourceVersion: String?
        var `continue`: String?
    }

    var metadata: Metadata
    var items: [Object]?
}

/// An event of a watch.
struct WatchEvent<Object: KubernetesObject>: Decodable {
    var type: String
    var object: Object
}

/// What the API server says in the place of an object: in an event of the type `ERROR`, or as the body of an error.
struct APIStatus: Decodable {
    var code: Int?
    var message: String?
    var reason: String?
}

/// What an event of a watch is, before its object is read.
struct EventType: Decodable {
    var type: String
}

/// An event of the type `ERROR`.
struct ErrorEvent: Decodable {
    var object: APIStatus
}

extension Decodable {
    /// Reads JSON; nil where it is another thing.
    init?(json: [UInt8]) {
        guard let value = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
        self = value
    }
}
