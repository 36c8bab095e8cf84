import {
  MongoClientClosedError,
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from 'mongodb';

const kinds = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoOperationTimeoutError,
  MongoWriteConcernError,
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoTopologyClosedError,
  MongoClientClosedError,
];
/** Of the pool's, which the driver keeps to itself. */
const names = ['MongoWaitQueueTimeoutError', 'MongoPoolClosedError'];
/** The driver would try again itself, and has. */
const labels = [
  MongoErrorLabel.RetryableWriteError,
  MongoErrorLabel.TransientTransactionError,
  MongoErrorLabel.UnknownTransactionCommitResult,
  MongoErrorLabel.PoolRequestedRetry,
  MongoErrorLabel.SystemOverloadedError,
];
/** The same of what has no label: unreachable, out of time, shutting down, no primary, no majority, no disk. */
const codes = [6, 7, 50, 64, 89, 91, 134, 189, 262, 9_001, 10_107, 11_600, 11_602, 13_435, 13_436, 14_031];

/** The database is away, or takes nothing; what it refused for what we asked is our mistake. */
export function isMongoOutage(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false;
  if (kinds.some((kind) => error instanceof kind) || names.includes(error.name)) return true;
  if (labels.some((label) => error.hasErrorLabel(label))) return true;
  return error instanceof MongoServerError && typeof error.code === 'number' && codes.includes(error.code);
}
