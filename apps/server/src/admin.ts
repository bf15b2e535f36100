// The administrator's command. There is nothing to administer yet: no accounts, no files.

process.stderr.write(
  "admin: this version has no accounts, bans or data files to administer; nothing was done.\n",
);
process.exit(2);
