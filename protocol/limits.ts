/** Every bound that both ends keep. Bytes are of UTF-8; `…Ms` are milliseconds. */
export const limits = Object.freeze({
  /** A channel id, a user id. */
  idLength: 128,
  keyLength: 64,
  textBytes: 10_000,
  nameLength: 200,
  titleLength: 200,
  passcodeLength: 128,
  passcodeMinLength: 4,
  emojiLength: 64,
  /** Different ones to a message; of each, any number of users. */
  reactions: 50,
  queryLength: 200,
  mentions: 50,
  retainDays: 36_500,
  /** In a channel's own list of words. */
  filterWords: 500,
  filterWordLength: 64,
  /** One packet from a client. */
  frameBytes: 64_000,
  /** Entries or messages in one answer. */
  pageDefault: 50,
  pageMax: 200,
  /** Channels that one connection may have joined at a time. */
  channelsPerConnection: 200,
  /** Commands of one connection that may be under way at a time; without rate limits, any number. */
  commandsInFlight: 1_000,
  /** Members named in the answer to `join`; a channel that has more is a large one. */
  membersListed: 200,
  /** Channels in a list of one's own. */
  channelsListed: 500,
  /** Unread messages of a channel are counted up to here. */
  unreadCounted: 1_000,
  /** Unread messages in one answer. */
  unreadListed: 1_000,
  heartbeatIntervalMs: 5_000,
  /** Without a heartbeat for this long a connection counts as gone. */
  leaseMs: 30_000,
  /** A client waits this long for an answer before it sends again under the same key. */
  answerTimeoutMs: 10_000,
});
