-- Recipients who want nobody to learn when they open a mail or follow its links.
create table email.do_not_track (
    recipient text not null primary key
);
