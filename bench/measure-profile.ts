import { readdirSync } from 'node:fs';
import { removeDir, tempDir } from '../test/services/process.ts';
import { load, meetings } from './loads.ts';
import { type Profile, readProfile } from './profile.ts';
import { lineOf } from './scenarios/rates.ts';
import { start, type TargetName } from './services.ts';

/** Where a server's time goes at this rate. */
export async function measureProfile({
  name,
  perSecond,
  seconds,
}: {
  name: TargetName;
  perSecond: number;
  seconds: number;
}): Promise<Profile> {
  const directory = tempDir('profile');
  try {
    const target = await start(name, {
      nodeFlags: ['--cpu-prof', `--cpu-prof-dir=${directory}`, '--cpu-prof-interval=250'],
    });
    process.stdout.write(`${lineOf(name, await load(target, { ...meetings, perSecond, seconds }))}\n`);
    await target.stop();
    const [file] = readdirSync(directory);
    if (file === undefined) throw new Error('the server ended without writing its profile');
    return readProfile(`${directory}/${file}`, seconds);
  } finally {
    removeDir(directory);
  }
}
