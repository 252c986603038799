/** `npm start`: installs what is missing, builds, serves, and prints the address. */
import { checkNode, installPackages, run } from './install.mjs';

checkNode();
installPackages();
if (run('npx', ['vite', 'build', '--logLevel', 'warn']) !== 0) process.exit(1);
console.log('\nAnysize is ready. Open this address in a browser; Ctrl+C stops it.\n');
process.exit(run('npx', ['vite', 'preview', ...process.argv.slice(2)]));
