import { pathToFileURL } from 'node:url';

/** Has MongoDB's search index brought up to date by the server's own indexer, without its rests. */
export async function indexAll(url: string, channels: readonly string[]): Promise<void> {
  const { connect } = await import(pathToFileURL('dist/server/storage/mongo/connection.js').href);
  const { indexer } = await import(pathToFileURL('dist/server/storage/mongo/indexer.js').href);
  const connection = await connect(url);
  try {
    const own = indexer(connection, 0);
    for (const channel of channels) own.want(channel);
    await own.done();
  } finally {
    await connection.close();
  }
}
