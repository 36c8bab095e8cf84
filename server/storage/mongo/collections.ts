import type { Collection, Db } from 'mongodb';
import type { ChannelKind, ChannelSettings, Role } from '../../../protocol/entities.ts';
import type { ReadingStep } from '../reading-steps.ts';
import type { Retained } from '../retained.ts';
import type { AuditRecord, HeldMessage } from '../storage.ts';
import type { EntryDocument } from './entries.ts';
import type { LeafDocument } from './leaves.ts';

export type ChannelDocument = {
  _id: string;
  kind: ChannelKind;
  title: string;
  settings: ChannelSettings;
  createdAt: number;
  owner?: string;
  passcodeHash?: string;
  revision?: string;
};
export type MemberDocument = {
  channel: string;
  user: string;
  role: Role;
  joinedAt: number;
  muted: boolean;
  removed: boolean;
  invited: boolean;
  appointed: boolean;
};
export type Membership = Pick<MemberDocument, 'channel' | 'user'>;
/** No id has a space. */
export function nameOf({ channel, user }: Membership): string {
  return `${channel} ${user}`;
}

export type ReceiptDocument = {
  channel: string;
  user: string;
  delivered: number;
  read: number;
  steps: ReadingStep[];
};
export type UserDocument = { _id: string; name: string; picture?: string; provider?: string; lastSeen?: number };
export type BlockDocument = { user: string; blocked: string };
export type WorkerDocument = { _id: number; holder: string; until: number };
export type ProbeDocument = { _id: string; count: number };

export type RetainedDocument = { _id: string } & Retained;
export type HeldDocument = { _id?: unknown; user: string } & HeldMessage;
/** `actor` and `subject` are numbers of `subjects`. */
export type AuditDocument = AuditRecord;
export type SubjectDocument = { _id: string; number: string };

export type Collections = {
  log: Collection<EntryDocument>;
  leaves: Collection<LeafDocument>;
  channels: Collection<ChannelDocument>;
  members: Collection<MemberDocument>;
  receipts: Collection<ReceiptDocument>;
  users: Collection<UserDocument>;
  blocks: Collection<BlockDocument>;
  workers: Collection<WorkerDocument>;
  retained: Collection<RetainedDocument>;
  held: Collection<HeldDocument>;
  audit: Collection<AuditDocument>;
  subjects: Collection<SubjectDocument>;
  probes: Collection<ProbeDocument>;
};

export function collectionsOf(db: Db): Collections {
  return {
    log: db.collection('log'),
    leaves: db.collection('leaves'),
    channels: db.collection('channels'),
    members: db.collection('members'),
    receipts: db.collection('receipts'),
    users: db.collection('users'),
    blocks: db.collection('blocks'),
    workers: db.collection('workers'),
    retained: db.collection('retained'),
    held: db.collection('held'),
    audit: db.collection('audit'),
    subjects: db.collection('subjects'),
    probes: db.collection('probes'),
  };
}
