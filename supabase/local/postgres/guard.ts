import { spawn } from 'node:child_process';
import { isAlive } from './pidfile.ts';

/**
 * Sees to it that a server does not outlive this process, even one ended by `kill -9`: a shell waits for the end of our
 * side of a pipe and then asks the server to leave. Returns what dismisses it. On Windows only an orderly exit is covered.
 */
export function guard(pid: number): () => void {
  const onExit = () => {
    if (isAlive(pid)) process.kill(pid, 'SIGINT');
  };
  process.once('exit', onExit);
  if (process.platform === 'win32') return () => process.off('exit', onExit);
  const script = 'read -r nothing || kill -INT "$0"';
  const shell = spawn('/bin/sh', ['-c', script, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  // Neither the shell nor the pipe keeps Node running.
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return () => {
    process.off('exit', onExit);
    shell.stdin.end('dismissed\n');
  };
}
