import "./check-in";
import "../countdown";
import "./filter";
import "./live";
import "./minutes";
