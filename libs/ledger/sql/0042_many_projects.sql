-- Lists of a programme's projects go by id: among ten thousand, a page of them is read in order instead of sorting all.
create index project_view_listed on parley.project_view (programme, id);
drop index parley.project_view_programme;
