/**
 * What `import 'meeting-chat'` is in Node: nothing, for there is no page to define the element in, and a program that
 * renders pages on a server imports what its pages import.
 */
export const MeetingChat = undefined;
