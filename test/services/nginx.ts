import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type RunningProcess, removeDir, startProcess, tempDir, waitForPort } from './process.ts';
import { needProgram } from './programs.ts';

export interface Nginx {
  /** Without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * An nginx on the loopback; `http` gives what stands in its `http {}` block, servers that listen on `port` among it.
 * @throws ServiceMissing
 */
export async function startNginx(http: (port: number) => string): Promise<Nginx> {
  const program = needProgram(
    'nginx is not here (Debian: apt-get install nginx-light)',
    process.env.NGINX_PATH,
    'nginx',
  );
  const directory = tempDir('nginx');
  const port = await freePort();
  const file = join(directory, 'nginx.conf');
  writeFileSync(file, configuration(directory, http(port)));
  const running = await startProcess(program, ['-p', directory, '-c', file, '-e', 'stderr']);
  await ready(running, port);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      // The workers end with a master that is asked; one that is killed leaves them behind.
      await running.stop('SIGTERM');
      removeDir(directory);
    },
  };
}

/** The configuration that docs/operations.md gives, for instances at these hosts and without TLS. */
export function documented(port: number, hosts: readonly string[]): string {
  const [, snippet = ''] = /```nginx\n(.+?)```/s.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
  return snippet
    .replace(/ {2}server .*:3000;/, hosts.map((host) => `server ${host};`).join(' '))
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port};`)
    .replaceAll(/^ *ssl_.*$/gm, '');
}

async function ready(running: RunningProcess, port: number): Promise<void> {
  const ended = running.exited.then(() => {
    throw new Error(`nginx ended:\n${running.output}`);
  });
  await Promise.race([waitForPort(port), ended]);
}

function configuration(directory: string, http: string): string {
  // Its usual folders belong to root, and its usual user may not read ours.
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${directory}/nginx.pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
  access_log off;
  ${folders.map((folder) => `${folder}_temp_path ${directory}/${folder};`).join('\n  ')}
  ${http}
}
`;
}
