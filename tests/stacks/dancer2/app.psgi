use lib 'lib';
use ChatFiles;

ChatFiles->to_app;
