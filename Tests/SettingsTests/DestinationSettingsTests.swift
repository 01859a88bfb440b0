import Settings
import Testing

@Suite struct DestinationSettingsTests {
    @Test func `the name is the given one, else it is made from the URL`() {
        var destination = DestinationSettings(url: "http://user:secret@localhost:9090/api/v1/write")
        #expect(destination.displayName == "localhost:9090-05ab0063")
        destination.name = "prometheus"
        #expect(destination.displayName == "prometheus")
        #expect(DestinationSettings(url: "nonsense").displayName == "unnamed")
    }

    @Test func `the URL is shown without its password, and not at all where it is none`() {
        #expect(DestinationSettings(url: "http://u:secret@h/").redactedURL == "http://u:xxxxx@h/")
        #expect(DestinationSettings(url: "u:secret@h").redactedURL == "")
    }

    @Test func `the defaults of the queue are those of the documentation`() {
        let queue = DestinationSettings(url: "http://h/").queue
        #expect(queue.maxQueueSize == .mebibytes(128))
        #expect(queue.maxShards == 4)
        #expect(queue.maxSamplesPerSend == 2000)
        #expect(queue.minBackoff == .milliseconds(30))
        #expect(queue.maxBackoff == .seconds(5))
    }
}
