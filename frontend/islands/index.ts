import "htmx.org";
import "./busy";
import "./copy-text";
import "./draft-keeper";
import "./more";
import "./share";
import "./sync";
import "./unreachable";
